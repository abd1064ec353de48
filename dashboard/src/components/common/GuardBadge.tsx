import styles from "./common.module.css";
import { Icon } from "./Icon";

/** Marks an item whose value leaves out what a single poster or new accounts could push. */
export function GuardBadge({ brief = false }: { brief?: boolean }) {
  const words = "Guarded: its value leaves out what a single poster or new accounts could push";
  return (
    <span className={styles.guard} title={words}>
      <Icon name="shield" size={13} />
      <span className={brief ? "visually-hidden" : undefined}>guarded</span>
    </span>
  );
}
