import { useState } from "react";
import { useFindable } from "../../api/queries";
import { searchItems } from "../../domain/search";
import styles from "./common.module.css";
import { OptionList } from "./OptionList";
import { useCombobox } from "./useCombobox";

const MOST_OPTIONS = 8;

interface ItemPickerProps {
  readonly label: string;
  readonly placeholder: string;
  readonly onPick: (slug: string) => void;
}

/** A field that finds an item by name, shorthand or alias. */
export function ItemPicker({ label, placeholder, onPick }: ItemPickerProps) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const findable = useFindable();
  const found = searchItems(findable, text, MOST_OPTIONS);
  const pick = (index: number): void => {
    const match = found[index];
    if (match === undefined) return;
    onPick(match.item.item);
    setText("");
    setOpen(false);
  };
  const shown = open && text.trim() !== "";
  const box = useCombobox({ count: shown ? found.length : 0, onPick: pick, onEscape: () => setOpen(false) });
  const options = found.map(({ item, alias }) => ({
    key: item.item,
    label: item.name,
    note: alias ?? (item.short === item.name ? null : item.short),
  }));
  return (
    <div className={styles.picker}>
      <input
        className={styles.field}
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={box.listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && found.length > 0 ? box.optionId(box.active) : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          box.choose(0);
        }}
        onKeyDown={box.onKeyDown}
        onBlur={() => setOpen(false)}
      />
      {shown && (
        <OptionList
          id={box.listId}
          label={label}
          options={options}
          active={box.active}
          popup
          optionId={box.optionId}
          onPick={pick}
        />
      )}
    </div>
  );
}
