import styles from "./evidence.module.css";

const WIDTH = 48;

/** How much a quote counted, as a bar; the number stands beside it. */
export function WeightBar({ weight }: { weight: number }) {
  return (
    <svg width={WIDTH} height="6" viewBox={`0 0 ${WIDTH} 6`} aria-hidden="true" className={styles.weight}>
      <rect width={WIDTH} height="6" rx="3" className={styles.weightTrack} />
      {weight > 0 && (
        <rect
          width={Math.max(4, WIDTH * Math.min(1, weight))}
          height="6"
          rx="3"
          className={styles.weightBar}
        />
      )}
    </svg>
  );
}
