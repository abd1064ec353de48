import type { BasketLine } from "../../api/types";
import { addTo, setQuantity } from "../../domain/compose";
import { Icon } from "../common/Icon";
import { ItemPicker } from "../common/ItemPicker";
import { useItemNames } from "../common/names";
import styles from "./calculator.module.css";

interface TrayProps {
  readonly title: string;
  readonly lines: readonly BasketLine[];
  readonly onChange: (lines: readonly BasketLine[]) => void;
}

interface LineProps {
  readonly line: BasketLine;
  readonly name: string;
  readonly onQuantity: (quantity: number) => void;
}

function Line({ line, name, onQuantity }: LineProps) {
  return (
    <li className={styles.line}>
      <span className={styles.stepper}>
        <button
          type="button"
          aria-label={`One ${name} less`}
          disabled={line.quantity <= 1}
          onClick={() => onQuantity(line.quantity - 1)}
        >
          <Icon name="minus" size={12} />
        </button>
        <input
          type="number"
          inputMode="decimal"
          min="0"
          aria-label={`How many ${name}`}
          value={line.quantity}
          onChange={(event) => event.target.value !== "" && onQuantity(Number(event.target.value))}
        />
        <button type="button" aria-label={`One ${name} more`} onClick={() => onQuantity(line.quantity + 1)}>
          <Icon name="plus" size={12} />
        </button>
      </span>
      <span className={styles.lineName} title={name}>
        {name}
      </span>
      <button
        type="button"
        className={styles.remove}
        aria-label={`Take ${name} out`}
        onClick={() => onQuantity(0)}
      >
        <Icon name="close" size={12} />
      </button>
    </li>
  );
}

/** One side of the trade as a list that can be changed. */
export function Tray({ title, lines, onChange }: TrayProps) {
  const namesOf = useItemNames();
  return (
    <div className={styles.tray}>
      <h3>{title}</h3>
      {lines.length > 0 && (
        <ul aria-label={title}>
          {lines.map((line) => (
            <Line
              key={line.item}
              line={line}
              name={namesOf(line.item).name}
              onQuantity={(quantity) => onChange(setQuantity(lines, line.item, quantity))}
            />
          ))}
        </ul>
      )}
      <ItemPicker
        label={`Add an item: ${title.toLowerCase()}`}
        placeholder="Add an item"
        onPick={(slug) => onChange(addTo(lines, slug))}
      />
    </div>
  );
}
