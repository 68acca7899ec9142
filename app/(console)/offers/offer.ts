import type { OfferView } from "@/services/offers/offer-view";
import type { Wire } from "../../_ui/live/wire";

/** As it comes over the wire. */
export type Offer = Wire<OfferView>;
