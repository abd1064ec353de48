import type { ReactNode } from "react";
import { formatCount, formatValue } from "../../domain/format";
import { describeInflation, unitSpan } from "../../domain/inflation";
import { payAs } from "../../domain/pay";
import { useValues } from "../../live/context";
import type { LiveRow } from "../../live/values";
import { Age, Change, ConfidenceMeter } from "../common/Figures";
import styles from "./item.module.css";

function Figure({ label, children, title }: { label: string; children: ReactNode; title?: string }) {
  return (
    <div title={title}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function basisWords(row: LiveRow): string {
  if (row.basis === "none") return "none";
  if (row.basis === "reference") return "reference list";
  return row.quotes === 1 ? "1 quote" : `${formatCount(row.quotes)} quotes`;
}

/** The value as change people pay, with its units beside it; in units alone where no change fits. */
function Worth({ row, pay }: { row: LiveRow; pay: string | null }) {
  if (pay === null) return <Figure label="value in units">{formatValue(row.value)}</Figure>;
  return <Figure label={`value, ${formatValue(row.value)} units`}>{pay}</Figure>;
}

/** What an item is worth, how sure that is, and what stands in the book. */
export function KeyFigures({ row }: { row: LiveRow }) {
  const { coins, inflation } = useValues();
  const span = unitSpan(inflation);
  const range = row.low === null ? "–" : `${formatValue(row.low)} to ${formatValue(row.high)}`;
  return (
    <dl className={styles.figures}>
      <Worth row={row} pay={payAs(row.value, coins)} />
      <Figure label={row.value === null ? "nine of ten such items" : "90 % range"}>{range}</Figure>
      <Figure label="how sure">
        <ConfidenceMeter confidence={row.confidence} />
      </Figure>
      <Figure label="24 h">
        <Change fraction={row.change_24h} />
      </Figure>
      <Figure label="basis">{basisWords(row)}</Figure>
      <Figure label="open asks / bids">
        {formatCount(row.asks)} / {formatCount(row.bids)}
      </Figure>
      {inflation !== null && span !== null && (
        <Figure label={`unit inflation, ${span.words}`} title={describeInflation(inflation)}>
          <Change fraction={span.fraction} neutral />
        </Figure>
      )}
      <Figure label="last seen">
        <Age time={row.last_seen} />
      </Figure>
    </dl>
  );
}
