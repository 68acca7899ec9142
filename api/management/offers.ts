import { createOffer } from "@/services/offers/create";
import { getOffer } from "@/services/offers/get";
import { issueOffer } from "@/services/offers/issue-offer";
import { listOffers } from "@/services/offers/list";
import { updateOffer } from "@/services/offers/update";
import { type Route, route } from "../route";

export const offers: Route[] = [
  route("GET /offers", listOffers),
  route("POST /offers", createOffer),
  route("GET /offers/:offer", getOffer),
  route("PATCH /offers/:offer", updateOffer),
  route("POST /offers/:offer/issue", issueOffer),
];
