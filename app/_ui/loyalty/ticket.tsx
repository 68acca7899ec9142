import type { ReactNode } from "react";
import classes from "./ticket.module.css";

/** A coupon as one wants to use it: the worth large, the code below the perforation. */
export function Ticket({
  worth,
  name,
  lasts,
  code,
  note,
}: {
  worth: ReactNode;
  name: string;
  lasts: ReactNode;
  code: ReactNode;
  note?: string | undefined;
}) {
  return (
    <div className={classes.ticket}>
      <div className={classes.face}>
        <div className={classes.worth}>{worth}</div>
        <div className={classes.name}>{name}</div>
        <div className={classes.lasts}>{lasts}</div>
      </div>
      <div className={classes.stub}>
        <div className={classes.code}>{code}</div>
        {note && <div className={classes.note}>{note}</div>}
      </div>
    </div>
  );
}
