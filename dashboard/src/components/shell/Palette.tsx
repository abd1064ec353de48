import { useState } from "react";
import { useLocation } from "wouter";
import { useFindable } from "../../api/queries";
import { formatValue } from "../../domain/format";
import { payAs } from "../../domain/pay";
import { type Findable, type Found, fold, searchItems } from "../../domain/search";
import { useValues } from "../../live/context";
import type { ValuesView } from "../../live/values";
import { Dialog } from "../common/Dialog";
import { type Option, OptionList } from "../common/OptionList";
import { useCombobox } from "../common/useCombobox";
import { PLACES } from "./navigation";
import styles from "./shell.module.css";

const MOST_OPTIONS = 30;

interface Entry extends Option {
  readonly href: string;
}

function placeEntries(text: string): readonly Entry[] {
  const query = fold(text);
  return PLACES.filter((place) => place.label.toLowerCase().startsWith(query)).map((place) => ({
    key: place.href,
    label: place.label,
    note: "Page",
    href: place.href,
  }));
}

function itemEntry({ item, alias }: Found<Findable>, values: ValuesView): Entry {
  const value = values.bySlug.get(item.item)?.value ?? null;
  const price =
    payAs(value, values.coins) ?? (value === null ? "no value yet" : `${formatValue(value)} units`);
  const shown = alias ?? (item.short === item.name ? null : item.short);
  const label = shown === null ? item.name : `${item.name} (${shown})`;
  return { key: item.item, label, note: price, href: `/items/${item.item}` };
}

/** Finds an item or a page from anywhere, by keyboard. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [, navigate] = useLocation();
  const values = useValues();
  const found = searchItems(useFindable(), text, MOST_OPTIONS);
  const items = found.map((match) => itemEntry(match, values));
  const entries = text.trim() === "" ? [...placeEntries(""), ...items] : [...items, ...placeEntries(text)];
  const pick = (index: number): void => {
    const entry = entries[index];
    if (entry === undefined) return;
    onClose();
    navigate(entry.href);
  };
  const box = useCombobox({ count: entries.length, onPick: pick, onEscape: onClose });
  return (
    <Dialog label="Search items and pages" onClose={onClose}>
      <input
        className={styles.paletteInput}
        role="combobox"
        aria-label="Item, alias or page"
        aria-expanded="true"
        aria-controls={box.listId}
        aria-autocomplete="list"
        aria-activedescendant={entries.length > 0 ? box.optionId(box.active) : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="Item, alias or page"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          box.choose(0);
        }}
        onKeyDown={box.onKeyDown}
      />
      <div className={styles.paletteList}>
        <OptionList
          id={box.listId}
          label="Results"
          options={entries}
          active={box.active}
          optionId={box.optionId}
          onPick={pick}
        />
      </div>
    </Dialog>
  );
}
