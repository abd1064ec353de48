import type { ReactNode } from "react";
import styles from "./common.module.css";

const WIDTHS = [92, 74, 86, 68, 80, 90, 72, 84, 76, 88];

/** Grey bars where content is about to stand. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  return (
    <div className={styles.skeletonRows} role="status">
      <span className="visually-hidden">Loading</span>
      {WIDTHS.slice(0, count).map((width) => (
        <div key={width} className={styles.skeleton} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

/** Something went wrong, in one sentence, with a way to try again. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div className={styles.notice} role="alert">
      <strong>{message}</strong>
      <button type="button" className={styles.button} onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

/** Why there is nothing to see here. */
export function EmptyNotice({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.notice}>
      <strong>{title}</strong>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}
