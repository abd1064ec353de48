import type { SideValue } from "../../api/types";
import type { Axis } from "../../domain/axis";
import { formatValue } from "../../domain/format";
import styles from "./calculator.module.css";

const WIDTH = 1_000;

function Interval({ side, axis }: { side: SideValue; axis: Axis }) {
  const { value, low, high } = side;
  if (value === null || low === null || high === null) return null;
  const at = (figure: number): number => axis(figure) * WIDTH;
  return (
    <svg className={styles.axis} viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
      <path d={`M0 7H${WIDTH}`} className={styles.track} vectorEffect="non-scaling-stroke" />
      <path d={`M${at(low)} 7H${at(high)}`} className={styles.interval} vectorEffect="non-scaling-stroke" />
      <path d={`M${at(value)} 0V14`} className={styles.middle} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** What one side is worth, with its 90 % interval on the axis both sides share. */
export function SideFigures({ title, side, axis }: { title: string; side: SideValue; axis: Axis | null }) {
  const units = side.value === null ? null : `${formatValue(side.value)} units`;
  const range = side.low === null ? null : `${formatValue(side.low)} to ${formatValue(side.high)}`;
  const rest = [side.pay === null ? null : units, range === null ? null : `90 % ${range}`];
  return (
    <div>
      <div className={styles.sideHead}>
        <h3>{title}</h3>
        <b>{side.pay ?? units ?? "unknown"}</b>
        <small>{rest.filter((part) => part !== null).join(", ")}</small>
      </div>
      {axis !== null && <Interval side={side} axis={axis} />}
    </div>
  );
}
