import { useEffect, useRef } from "react";
import type { EvidenceRow, History } from "../../api/types";
import { intervalEnd, toGrid, toSeconds } from "../../domain/timeGrid";
import type { LiveRow } from "../../live/values";
import { useTheme } from "../shell/theme";
import type { QuoteDot } from "./chart/quoteDots";
import { ValueChart } from "./chart/valueChart";
import styles from "./item.module.css";

interface ItemChartProps {
  readonly row: LiveRow;
  readonly history: History;
  readonly evidence: readonly EvidenceRow[];
  readonly seconds: number | null;
}

function toDots(evidence: readonly EvidenceRow[]): readonly QuoteDot[] {
  return evidence.flatMap(({ implied, time, weight, side }) =>
    implied === null ? [] : [{ time: toSeconds(time), implied, weight, isAsk: side === "ask" }],
  );
}

function livePoint(row: LiveRow, interval: number) {
  const time = intervalEnd(Date.now() / 1_000, interval);
  return { time, value: row.value, low: row.low, high: row.high };
}

/** The value over time with its 90 % interval, and the quotes it rests on. */
export default function ItemChart({ row, history, evidence, seconds }: ItemChartProps) {
  const container = useRef<HTMLElement>(null);
  const chart = useRef<ValueChart | null>(null);
  const theme = useTheme();

  useEffect(() => {
    if (container.current === null) return;
    chart.current = new ValueChart(container.current);
    return () => {
      chart.current?.remove();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const oldest = evidence.at(-1);
    const earliest = oldest === undefined ? null : toSeconds(oldest.time);
    chart.current?.setGrid(toGrid(history.points, history.interval, earliest), history.interval);
    chart.current?.move(livePoint(row, history.interval));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the newest values move on in the effects below
  }, [history]);

  useEffect(() => chart.current?.move(livePoint(row, history.interval)), [row, history.interval]);
  useEffect(() => chart.current?.setQuotes(toDots(evidence)), [evidence]);
  useEffect(() => chart.current?.showLast(seconds), [seconds, history]);
  useEffect(() => chart.current?.applyTheme(), [theme]);

  return (
    <figure
      ref={container}
      className={styles.chart}
      data-testid="item-chart"
      aria-label={`${row.name}: value over time with its 90 % range, and quotes. The table lists the quotes.`}
    />
  );
}
