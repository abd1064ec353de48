import type { Confidence } from "../../api/types";
import { formatAge, formatChange, formatMoment, formatSpread, formatValue } from "../../domain/format";
import { sureness } from "../../domain/sorting";
import { useNow } from "../../live/clock";
import { classes } from "../classes";
import styles from "./common.module.css";
import { Icon } from "./Icon";

const METER_BARS = [1, 2, 3, 4] as const;
const TRACK = 64;
const WIDEST_LOG = Math.log(3);

/** How long ago, kept up to date; the exact moment on hover. */
export function Age({ time }: { time: string | null }) {
  const now = useNow();
  if (time === null) return <span>–</span>;
  return (
    <time dateTime={time} title={formatMoment(time)}>
      {formatAge(time, now)}
    </time>
  );
}

/** A change as a sign and a percentage; `neutral` where up is neither good nor bad. */
export function Change({ fraction, neutral = false }: { fraction: number | null; neutral?: boolean }) {
  const text = formatChange(fraction);
  const isUp = text.startsWith("+");
  const isDown = text.startsWith("−");
  return (
    <span
      className={classes(styles.change, !neutral && (isUp ? styles.up : isDown ? styles.down : styles.level))}
    >
      {(isUp || isDown) && <Icon name={isUp ? "up" : "down"} size={8} />}
      {text}
    </span>
  );
}

/** How sure a value is: a word, and bars that say the same. */
export function ConfidenceMeter({ confidence }: { confidence: Confidence }) {
  const level = sureness(confidence);
  return (
    <span className={styles.meter}>
      <svg width="15" height="12" viewBox="0 0 15 12" aria-hidden="true">
        {METER_BARS.map((bar) => (
          <rect
            key={bar}
            x={(bar - 1) * 4}
            y={12 - bar * 3}
            width="3"
            height={bar * 3}
            rx="1"
            className={bar <= level ? styles.meterOn : styles.meterOff}
          />
        ))}
      </svg>
      {confidence}
    </span>
  );
}

function trackPosition(ratio: number): number {
  const clamped = Math.max(-1, Math.min(1, Math.log(ratio) / WIDEST_LOG));
  return 4 + ((TRACK - 8) * (clamped + 1)) / 2;
}

interface RangeBarProps {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The 90 % interval around a value, on a log scale that ends at a third and at three times the value; where there
 * is no value, the ends of the range it lies in.
 */
export function RangeBar({ value, low, high }: RangeBarProps) {
  if (value === null && low !== null && high !== null) {
    return <span>{`${formatValue(low)} to ${formatValue(high)}`}</span>;
  }
  if (value === null || low === null || high === null || value <= 0 || low <= 0) return <span>–</span>;
  return (
    <span className={styles.range}>
      <svg width={TRACK} height="10" viewBox={`0 0 ${TRACK} 10`} aria-hidden="true">
        <line x1="2" x2={TRACK - 2} y1="5" y2="5" className={styles.rangeTrack} />
        <line
          x1={trackPosition(low / value)}
          x2={trackPosition(high / value)}
          y1="5"
          y2="5"
          className={styles.rangeBar}
        />
        <rect x={TRACK / 2 - 1} y="1" width="2" height="8" rx="1" className={styles.rangeMark} />
      </svg>
      {formatSpread(low, high)}
    </span>
  );
}
