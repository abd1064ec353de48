import { expect, test } from "vitest";
import { ApiError, describeProblem, streamAddress } from "./client";
import { isWorthRetrying } from "./queries";
import { readProblem, readUpdate } from "./updates";

test("a problem is told by its detail, else its title, else its status", () => {
  expect(describeProblem(422, { title: "Unprocessable", detail: "text is empty" })).toBe("text is empty");
  expect(describeProblem(404, { title: "Not found" })).toBe("Not found");
  expect(describeProblem(418, null)).toBe("The engine refused the request (418).");
  expect(describeProblem(502, "<html>")).toBe("The engine could not answer.");
});

test("what the engine refused is not asked again, what did not reach it is, twice", () => {
  expect(isWorthRetrying(0, new ApiError(404, ""))).toBe(false);
  expect(isWorthRetrying(0, new ApiError(503, ""))).toBe(true);
  expect(isWorthRetrying(1, new ApiError(0, ""))).toBe(true);
  expect(isWorthRetrying(2, new ApiError(0, ""))).toBe(false);
});

test("the stream's address carries its topics and where to go on", () => {
  expect(streamAddress("a,b", "1.2.3")).toBe("/api/v1/stream?types=a%2Cb&after=1.2.3");
});

test("a status says why no posts are taken, or that they are", () => {
  expect(readProblem('{"type":"status","problem":"the disk is full"}')).toBe("the disk is full");
  expect(readProblem('{"type":"status","problem":null}')).toBeNull();
  expect(readProblem("[]")).toBeNull();
});

test("messages of unknown types, and what is no update at all, are passed over", () => {
  expect(readUpdate('{"type":"forecast"}')).toBeNull();
  expect(readUpdate("[]")).toBeNull();
  expect(readUpdate('{"type":"quote_closed","id":"1.0","reason":"expired"}')).toMatchObject({ id: "1.0" });
});
