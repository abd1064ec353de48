import type { ReactNode } from "react";
import { useStatus } from "../../api/queries";
import type { UnitPart } from "../../api/types";
import { formatValue } from "../../domain/format";
import { describeInflation, unitSpan } from "../../domain/inflation";
import { quotesPerMinute } from "../../domain/rate";
import { useNow } from "../../live/clock";
import { useTape, useValues } from "../../live/context";
import { Age, Change } from "../common/Figures";
import styles from "./market.module.css";

const TAPE_CAPACITY = 100;

function Figure({ label, children, title }: { label: string; children: ReactNode; title?: string }) {
  return (
    <div title={title}>
      <dd>{children}</dd>
      <dt>{label}</dt>
    </div>
  );
}

/** What one unit is worth, in words: `1 Hana, or 0.36 Pika`. */
export function describeUnit(numeraire: readonly UnitPart[]): string {
  const parts = numeraire.map((part) => `${formatValue(part.amount)} ${part.name}`);
  return parts.length === 0 ? "" : `One unit is about ${parts.join(", or ")}`;
}

function QuoteRate() {
  const { quotes } = useTape();
  const now = useNow();
  const rate = quotesPerMinute(
    quotes.map((row) => row.time),
    now,
    TAPE_CAPACITY,
  );
  return <>{rate >= 10 ? Math.round(rate) : rate.toFixed(1)}</>;
}

/** What the unit's own worth did; nothing before a day has ended. */
function UnitInflationFigure() {
  const { inflation } = useValues();
  const span = unitSpan(inflation);
  if (inflation === null || span === null) return null;
  return (
    <dl className={styles.figure} data-testid="unit-inflation">
      <Figure label={`unit inflation, ${span.words}`} title={describeInflation(inflation)}>
        <Change fraction={span.fraction} neutral />
      </Figure>
    </dl>
  );
}

function Figures() {
  const values = useValues();
  const newest = useTape().quotes[0];
  const status = useStatus();
  const priced = values.rows.filter((row) => row.basis === "quotes").length;
  return (
    <>
      <dl className={styles.figure}>
        <Figure label={`of ${values.rows.length} items priced by quotes`}>{priced}</Figure>
      </dl>
      <dl className={styles.figure}>
        <Figure label="quotes a minute">
          <QuoteRate />
        </Figure>
      </dl>
      <dl className={styles.figure}>
        <Figure label="since the last quote">
          <Age time={newest?.time ?? null} />
        </Figure>
      </dl>
      <UnitInflationFigure />
      {status.data !== undefined && (
        <dl className={styles.figure}>
          <Figure label="feed">{status.data.feed}</Figure>
        </dl>
      )}
      <span className={styles.figure}>
        <span className={styles.unit} title={describeUnit(values.numeraire)}>
          What is a unit?
        </span>
      </span>
    </>
  );
}

/** The market in one line; without a snapshot no figures. */
export function Summary() {
  const { game, loaded } = useValues();
  return (
    <div className={styles.summary}>
      <h1>{game === "" ? "Market" : `${game} market`}</h1>
      {loaded && <Figures />}
    </div>
  );
}
