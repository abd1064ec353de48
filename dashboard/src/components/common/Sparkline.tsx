import { sparklinePath } from "../../domain/sparkline";
import { classes } from "../classes";
import styles from "./common.module.css";

const WIDTH = 84;
const HEIGHT = 20;

function tone(change: number | null): string | undefined {
  if (change === null || Math.abs(change) < 0.0005) return styles.sparkLevel;
  return change > 0 ? styles.sparkUp : styles.sparkDown;
}

interface SparklineProps {
  readonly trend: readonly (number | null)[];
  readonly value: number | null;
  readonly change: number | null;
}

/** The last day's hourly values and the value now. Decorative: the change stands beside it in figures. */
export function Sparkline({ trend, value, change }: SparklineProps) {
  const path = sparklinePath([...trend, value], WIDTH, HEIGHT);
  if (path === "") return null;
  return (
    <svg
      width={WIDTH + 4}
      height={HEIGHT + 4}
      viewBox={`-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`}
      className={classes(styles.sparkline, tone(change))}
      aria-hidden="true"
    >
      <path d={path} stroke="currentColor" />
    </svg>
  );
}
