import { Fragment } from "react";
import { Link } from "wouter";
import type { BasketLine } from "../../api/types";
import { formatQuantity } from "../../domain/format";
import { classes } from "../classes";
import styles from "./common.module.css";
import { useItemNames } from "./names";

interface BasketProps {
  readonly lines: readonly BasketLine[];
  readonly adds?: boolean;
  readonly open?: boolean;
}

/** One side of a quote: `2 ASE + 1 MC`, each item a link; what is left open in words. */
export function Basket({ lines, adds = false, open = false }: BasketProps) {
  const namesOf = useItemNames();
  if (lines.length === 0)
    return <span className={styles.soft}>{open ? "open to offers" : "something unknown"}</span>;
  return (
    <span className={styles.basket}>
      {lines.map((line, index) => (
        <Fragment key={line.item}>
          {index > 0 && <span className={styles.plus}> + </span>}
          {(line.quantity !== 1 || lines.length > 1) && <span>{formatQuantity(line.quantity)} </span>}
          <Link href={`/items/${line.item}`} title={namesOf(line.item).name}>
            {namesOf(line.item).short}
          </Link>
        </Fragment>
      ))}
      {adds && <span className={classes(styles.soft)}> + adds</span>}
    </span>
  );
}
