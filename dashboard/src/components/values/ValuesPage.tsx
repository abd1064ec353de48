import { useTitle } from "../useTitle";
import { ValuesPanel } from "./ValuesPanel";
import styles from "./values.module.css";

export function ValuesPage() {
  useTitle("Values");
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Values</h1>
      <ValuesPanel />
    </div>
  );
}
