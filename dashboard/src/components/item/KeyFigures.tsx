import type { ReactNode } from "react";
import { formatCount, formatValue } from "../../domain/format";
import { payAs } from "../../domain/pay";
import { useLive } from "../../live/context";
import type { LiveRow } from "../../live/values";
import { Age, Change, ConfidenceMeter } from "../common/Figures";
import styles from "./item.module.css";

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What an item is worth, how sure that is, and what stands in the book. */
export function KeyFigures({ row }: { row: LiveRow }) {
  const { store } = useLive();
  const range = row.low === null ? "–" : `${formatValue(row.low)} to ${formatValue(row.high)}`;
  return (
    <dl className={styles.figures}>
      <Figure label="value as change">{payAs(row.value, store.valuesView().coins) ?? "–"}</Figure>
      <Figure label="in units">{formatValue(row.value)}</Figure>
      <Figure label="90 % range">{range}</Figure>
      <Figure label="how sure">
        <ConfidenceMeter confidence={row.confidence} />
      </Figure>
      <Figure label="24 h">
        <Change fraction={row.change_24h} />
      </Figure>
      <Figure label={row.basis === "quotes" ? "quotes behind it" : `quotes (basis: ${row.basis})`}>
        {formatCount(row.quotes)}
      </Figure>
      <Figure label="open asks / bids">
        {formatCount(row.asks)} / {formatCount(row.bids)}
      </Figure>
      <Figure label="last seen">
        <Age time={row.last_seen} />
      </Figure>
    </dl>
  );
}
