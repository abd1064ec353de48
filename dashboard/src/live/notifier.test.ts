import { expect, test, vi } from "vitest";
import { Notifier } from "./notifier";

function frames() {
  const waiting: (() => void)[] = [];
  return {
    schedule: (callback: () => void): void => {
      waiting.push(callback);
    },
    draw: (): void => {
      for (const callback of waiting.splice(0)) callback();
    },
    waiting,
  };
}

test("the first change is told at once, those of the same frame together when it ends", () => {
  const frame = frames();
  const notifier = new Notifier(frame.schedule);
  const listener = vi.fn();
  notifier.subscribe(listener);
  for (let change = 0; change < 100; change += 1) notifier.notify();
  expect(listener).toHaveBeenCalledTimes(1);
  frame.draw();
  expect(listener).toHaveBeenCalledTimes(2);
});

test("a frame without further changes tells nothing and asks for no other frame", () => {
  const frame = frames();
  const notifier = new Notifier(frame.schedule);
  const listener = vi.fn();
  notifier.subscribe(listener);
  notifier.notify();
  frame.draw();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(frame.waiting).toHaveLength(0);
  notifier.notify();
  expect(listener).toHaveBeenCalledTimes(2);
});

test("who unsubscribed hears nothing more", () => {
  const notifier = new Notifier(frames().schedule);
  const listener = vi.fn();
  notifier.subscribe(listener)();
  notifier.notify();
  expect(listener).not.toHaveBeenCalled();
});
