import type { EvidenceRow } from "../../api/types";
import { formatProbability, formatValue } from "../../domain/format";
import { classes } from "../classes";
import { Basket } from "../common/Basket";
import { Age } from "../common/Figures";
import { Icon } from "../common/Icon";
import { EmptyNotice } from "../common/Notices";
import { Panel } from "../common/Panel";
import styles from "./item.module.css";
import { Sign } from "./Legend";

function Row({ row }: { row: EvidenceRow }) {
  const isAsk = row.side === "ask";
  return (
    <tr data-testid="evidence-row" className={classes(row.weight === 0 && styles.idle)}>
      <td className={styles.age}>
        <Age time={row.time} />
      </td>
      <td>
        <span className={classes(styles.side, isAsk ? styles.ask : styles.bid)}>
          <Sign isAsk={isAsk} />
          {isAsk ? "ask" : "bid"}
        </span>
      </td>
      <td className={styles.quote}>
        <Basket lines={row.give} open />
        <Icon name="arrow" size={12} />
        <Basket lines={row.want} open />
      </td>
      <td className={styles.number}>{formatValue(row.implied)}</td>
      <td className={styles.number}>{row.weight === 0 ? "none" : formatProbability(row.weight)}</td>
    </tr>
  );
}

/** Every recent quote that named the item, what it implied, and how much it counted. */
export function EvidenceTable({ rows }: { rows: readonly EvidenceRow[] }) {
  return (
    <Panel title="Why this value" note="the quotes that name it, newest first">
      {rows.length === 0 && (
        <EmptyNotice title="No quote names it yet">
          Its value, if any, comes from a reference list.
        </EmptyNotice>
      )}
      {rows.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        <section className={styles.evidence} tabIndex={0} aria-label="Quotes that name the item">
          <table>
            <thead>
              <tr>
                <th scope="col">Age</th>
                <th scope="col">Side</th>
                <th scope="col">Gives, wants</th>
                <th
                  scope="col"
                  className={styles.number}
                  title="The item's value if this quote were exactly fair"
                >
                  Implies
                </th>
                <th scope="col" className={styles.number} title="How much the quote counted in the value">
                  Weight
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={`${row.id} ${row.side} ${row.time}`} row={row} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
