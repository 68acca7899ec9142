import { z } from "zod";

/** An event's name in a drawing: one of the catalogue (`order_paid`) or a sender's own, as it sends it ("Trial Started"). */
export const EventName = z.string().trim().min(1, "choose an event").max(120);
