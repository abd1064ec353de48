import { classes } from "../classes";
import styles from "./item.module.css";

/** The chart's sign of a quote: a hollow triangle for an ask, a disc for a bid. */
export function Sign({ isAsk }: { isAsk: boolean }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {isAsk ? (
        <path d="M1 2h8L5 9z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      ) : (
        <circle cx="5" cy="5" r="4" fill="currentColor" />
      )}
    </svg>
  );
}

export function Legend() {
  return (
    <div className={styles.legend}>
      <span>
        <svg width="18" height="10" viewBox="0 0 18 10" aria-hidden="true">
          <rect width="18" height="10" rx="2" fill="var(--gold)" opacity="0.25" />
          <path d="M0 5h18" stroke="var(--gold)" strokeWidth="2" />
        </svg>
        value and its 90 % range, in units
      </span>
      <span>
        <span className={classes(styles.ask)}>
          <Sign isAsk />
        </span>
        ask: the poster gives it
      </span>
      <span>
        <span className={classes(styles.bid)}>
          <Sign isAsk={false} />
        </span>
        bid: the poster wants it
      </span>
    </div>
  );
}
