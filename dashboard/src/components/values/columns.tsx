import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Basis } from "../../api/types";
import { formatCount, formatValue } from "../../domain/format";
import { type Coin, payAs } from "../../domain/pay";
import type { SortKey } from "../../domain/sorting";
import type { InUnit } from "../../domain/unit";
import type { LiveRow } from "../../live/values";
import { Age, Change, ConfidenceMeter, RangeBar } from "../common/Figures";
import { GuardBadge } from "../common/GuardBadge";
import { Sparkline } from "../common/Sparkline";
import styles from "./values.module.css";

/** What a cell draws from: the row, its figures in the chosen unit, and what people pay with. */
export interface Cell {
  readonly row: LiveRow;
  readonly figures: InUnit;
  readonly coins: readonly Coin[];
}

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly sort: SortKey | null;
  readonly number?: boolean;
  readonly className: string | undefined;
  readonly draw: (cell: Cell) => ReactNode;
}

const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  quotes: "quotes",
  reference: "reference",
  none: "none",
};

function ItemCell({ row }: { row: LiveRow }) {
  return (
    <Link href={`/items/${row.item}`} className={styles.link} title={row.name}>
      <span className={styles.linkName}>{row.name}</span>
      {row.short !== row.name && <span className={styles.short}>{row.short}</span>}
      {row.shown === "capped" && <GuardBadge brief />}
    </Link>
  );
}

/** Keeps each count beside its coin where the line breaks. */
function keepTogether(pay: string): string {
  return pay.replaceAll(/(\d) /g, "$1\u00a0");
}

function PayCell({ row, coins }: Cell) {
  const pay = payAs(row.value, coins);
  if (row.value === null) return <span className={styles.unknown}>unknown</span>;
  return pay === null ? (
    <span className={styles.unknown}>below one coin</span>
  ) : (
    <span className={styles.strong} title={pay}>
      {keepTogether(pay)}
    </span>
  );
}

export const COLUMNS: readonly Column[] = [
  {
    key: "name",
    label: "Item",
    hint: "The item and its shorthand",
    sort: "name",
    className: styles.name,
    draw: ({ row }) => <ItemCell row={row} />,
  },
  {
    key: "pay",
    label: "Value as change",
    hint: "The value as change people pay",
    sort: null,
    className: styles.pay,
    draw: (cell) => <PayCell {...cell} />,
  },
  {
    key: "value",
    label: "Value",
    hint: "The fair value in the chosen unit",
    sort: "value",
    number: true,
    className: styles.value,
    draw: ({ figures }) => formatValue(figures.value),
  },
  {
    key: "range",
    label: "90 % range",
    hint: "The value lies in this range with 90 % probability",
    sort: "range",
    className: styles.range,
    draw: ({ figures }) => <RangeBar value={figures.value} low={figures.low} high={figures.high} />,
  },
  {
    key: "confidence",
    label: "Sure?",
    hint: "How narrow the range is: solid, ok, shaky, guess",
    sort: "confidence",
    className: styles.confidence,
    draw: ({ row }) => <ConfidenceMeter confidence={row.confidence} />,
  },
  {
    key: "basis",
    label: "Basis",
    hint: "Where the value comes from: quotes, or a reference list",
    sort: "basis",
    className: styles.basis,
    draw: ({ row }) => BASIS_WORDS[row.basis],
  },
  {
    key: "quotes",
    label: "Quotes",
    hint: "How many quotes the value rests on",
    sort: "quotes",
    number: true,
    className: styles.quotes,
    draw: ({ row }) => formatCount(row.quotes),
  },
  {
    key: "book",
    label: "Asks / bids",
    hint: "Open offers that give the item, and that want it",
    sort: "book",
    number: true,
    className: styles.book,
    draw: ({ row }) => `${formatCount(row.asks)} / ${formatCount(row.bids)}`,
  },
  {
    key: "change",
    label: "24 h",
    hint: "Change over 24 hours",
    sort: "change",
    number: true,
    className: styles.change,
    draw: ({ figures }) => <Change fraction={figures.change} />,
  },
  {
    key: "trend",
    label: "Trend",
    hint: "The last 24 hourly values",
    sort: null,
    className: styles.trend,
    draw: ({ figures }) => <Sparkline trend={figures.trend} value={figures.value} change={figures.change} />,
  },
  {
    key: "seen",
    label: "Seen",
    hint: "When an offer last named the item",
    sort: "seen",
    number: true,
    className: styles.seen,
    draw: ({ row }) => <Age time={row.last_seen} />,
  },
];
