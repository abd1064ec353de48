import type { EvidenceRow } from "../../api/types";
import { edgeFraction, formatChange, formatProbability, formatValue } from "../../domain/format";
import { countStandings, isUsed, STANDINGS } from "../../domain/standing";
import { classes } from "../classes";
import { Basket } from "../common/Basket";
import { Age } from "../common/Figures";
import { Icon } from "../common/Icon";
import { EmptyNotice } from "../common/Notices";
import { Panel } from "../common/Panel";
import { useUrlState } from "../useUrlState";
import { EvidenceFilter, type Shown } from "./EvidenceFilter";
import styles from "./evidence.module.css";
import { Sign } from "./Legend";
import { WeightBar } from "./WeightBar";

function Row({ row }: { row: EvidenceRow }) {
  const isAsk = row.side === "ask";
  const { word, why } = STANDINGS[row.standing];
  return (
    <tr
      data-testid="evidence-row"
      data-standing={row.standing}
      className={classes(!isUsed(row) && styles.idle)}
    >
      <td>
        <span className={classes(styles.side, isAsk ? styles.ask : styles.bid)}>
          <Sign isAsk={isAsk} />
          {isAsk ? "ask" : "bid"}
        </span>
        <span className={styles.age}>
          <Age time={row.time} />
        </span>
      </td>
      <td className={styles.quote}>
        <Basket lines={row.give} open />
        <Icon name="arrow" size={12} />
        <Basket lines={row.want} open />
        {row.standing !== "counted" && (
          <span className={styles.why}>
            <b>{word}</b> {why}
          </span>
        )}
      </td>
      <td className={styles.number}>
        {formatValue(row.implied)}
        <small title="Off from what was expected, after the usual spread">
          {formatChange(edgeFraction(row.residual))}
        </small>
      </td>
      <td className={styles.number}>
        <WeightBar weight={row.weight} />
        <small>{row.weight === 0 ? "none" : formatProbability(row.weight)}</small>
      </td>
    </tr>
  );
}

const HEADS = [
  { label: "Side", hint: "Whether the poster gives the item or wants it, and how long ago", number: false },
  { label: "Gives, wants", hint: "What the poster gives and wants", number: false },
  {
    label: "Implies, off by",
    hint: "The item's value if this quote were exactly fair, and how far off that was when it came",
    number: true,
  },
  { label: "Weight", hint: "How much the quote counted in the value", number: true },
] as const;

function Table({ rows }: { rows: readonly EvidenceRow[] }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section className={styles.evidence} tabIndex={0} aria-label="Quotes that name the item">
      <table>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th
                key={head.label}
                scope="col"
                className={classes(head.number && styles.number)}
                title={head.hint}
              >
                {head.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.id} ${row.side} ${row.time}`} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function chosenRows(rows: readonly EvidenceRow[], shown: Shown): readonly EvidenceRow[] {
  return shown === "all" ? rows : rows.filter((row) => isUsed(row) === (shown === "used"));
}

/** Every recent quote that named the item: what it implied, how much it counted, and why not more. */
export function EvidenceTable({ rows }: { rows: readonly EvidenceRow[] }) {
  const [key, setKey] = useUrlState("evidence");
  const shown: Shown = key === "used" || key === "left-out" ? key : "all";
  const chosen = chosenRows(rows, shown);
  return (
    <Panel title="Why this value" note="newest first">
      {rows.length === 0 ? (
        <EmptyNotice title="No quote names it yet">
          Its value, if any, comes from a reference list.
        </EmptyNotice>
      ) : (
        <>
          <EvidenceFilter
            counts={countStandings(rows)}
            shown={shown}
            onShow={(next) => setKey(next === "all" ? null : next)}
          />
          {chosen.length === 0 ? (
            <EmptyNotice title={shown === "used" ? "None of them counted" : "None was left out"}>
              {shown === "used"
                ? "Every quote that names it was left out."
                : "Every quote that names it counted."}
            </EmptyNotice>
          ) : (
            <Table rows={chosen} />
          )}
        </>
      )}
    </Panel>
  );
}
