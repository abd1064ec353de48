import { type ReactNode, useId } from "react";
import styles from "./common.module.css";

interface PanelProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A titled part of a page; assistive technology can jump to it by its title. */
export function Panel({ title, note, tools, className, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`${styles.panel} ${className ?? ""}`}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>
          <span id={id}>{title}</span>
          {note !== undefined && <span className={styles.panelNote}>{note}</span>}
        </h2>
        {tools}
      </div>
      {children}
    </section>
  );
}
