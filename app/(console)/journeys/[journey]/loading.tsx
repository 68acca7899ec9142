import classes from "./loading.module.css";

/** The canvas before the journey is there: paper, dots and where the first cards will stand. */
export default function Loading() {
  return (
    <div className={classes.canvas} aria-busy>
      <div className={classes.bar} />
      <div className={classes.cards}>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
