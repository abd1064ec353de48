import { expect, test } from "vitest";
import { LatencyMeter } from "./latency";

test("tells the median of the last 32 measurements", () => {
  const meter = new LatencyMeter();
  expect(meter.median()).toBeNull();
  for (let sample = 0; sample < 40; sample += 1) meter.record(1_000);
  for (let sample = 0; sample < 32; sample += 1) meter.record(sample);
  expect(meter.median()).toBe(16);
});

test("leaves out what clocks that disagree or old posts would make of it", () => {
  const meter = new LatencyMeter();
  meter.record(-5);
  meter.record(60_000);
  meter.record(Number.NaN);
  expect(meter.median()).toBeNull();
});
