import { useMemo } from "react";
import { categoriesOf } from "../../domain/valueFilter";
import { useLive, useSnapshotRows } from "../../live/context";
import common from "../common/common.module.css";
import { useUrlState } from "../useUrlState";
import styles from "./values.module.css";

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function CategorySelect() {
  const [category, setCategory] = useUrlState("category");
  const rows = useSnapshotRows();
  const categories = useMemo(() => categoriesOf(rows), [rows]);
  return (
    <select
      className={common.field}
      aria-label="Category"
      value={category ?? ""}
      onChange={(event) => setCategory(event.target.value)}
    >
      <option value="">All categories</option>
      {categories.map((known) => (
        <option key={known} value={known}>
          {capitalised(known)}
        </option>
      ))}
    </select>
  );
}

function UnitSelect() {
  const [unit, setUnit] = useUrlState("unit");
  const { store } = useLive();
  const rows = useSnapshotRows();
  const coins = new Set(store.valuesView().coins.map((coin) => coin.short));
  const paid = rows.filter((row) => coins.has(row.short));
  const others = rows.filter((row) => !coins.has(row.short) && row.value !== null);
  return (
    <select
      className={common.field}
      aria-label="Unit of the values"
      value={unit ?? ""}
      onChange={(event) => setUnit(event.target.value)}
    >
      <option value="">In units</option>
      <optgroup label="What people pay with">
        {paid.map((row) => (
          <option key={row.item} value={row.item}>
            In {row.short}
          </option>
        ))}
      </optgroup>
      <optgroup label="Any item">
        {others.map((row) => (
          <option key={row.item} value={row.item}>
            In {row.name}
          </option>
        ))}
      </optgroup>
    </select>
  );
}

/** The value list's filters and its unit; all of them stand in the address. */
export function ValueTools() {
  const [text, setText] = useUrlState("q");
  return (
    <div className={styles.tools}>
      <input
        className={common.field}
        type="search"
        aria-label="Filter items"
        placeholder="Filter items"
        value={text ?? ""}
        onChange={(event) => setText(event.target.value)}
      />
      <CategorySelect />
      <UnitSelect />
    </div>
  );
}
