import { useValues } from "../../live/context";
import { Icon } from "../common/Icon";
import styles from "./shell.module.css";

/** Stands on every page of a simulated market. */
export function SimulatedBadge() {
  const { simulated } = useValues();
  if (!simulated) return null;
  return (
    <span
      className={styles.simulated}
      data-testid="simulated-badge"
      title="Simulated market: numbers are not real."
    >
      <Icon name="warning" size={13} />
      SIMULATED
      <span className="visually-hidden">: numbers are not real</span>
    </span>
  );
}
