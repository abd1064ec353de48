import { useConnection } from "../../live/context";
import { Icon } from "../common/Icon";
import styles from "./shell.module.css";

/** Stands on every page while the engine takes no posts, and says why. */
export function IntakeBanner() {
  const { problem } = useConnection();
  if (problem === null) return null;
  return (
    <div className={styles.intakeBanner} role="alert" data-testid="intake-banner">
      <Icon name="warning" size={16} />
      <span>
        <strong>No new posts are taken.</strong> These numbers stand still: {problem}.
      </span>
    </div>
  );
}
