import { TapePanel } from "../tape/TapePanel";
import { useTitle } from "../useTitle";
import { ValuesPanel } from "../values/ValuesPanel";
import { Movers } from "./Movers";
import styles from "./market.module.css";
import { Summary } from "./Summary";

/** The market at a glance: what it is worth, what moves, what is offered right now. */
export function MarketPage() {
  useTitle("Market");
  return (
    <div className={styles.page}>
      <Summary />
      <ValuesPanel className={styles.values} />
      <div className={styles.side}>
        <Movers />
        <TapePanel />
      </div>
    </div>
  );
}
