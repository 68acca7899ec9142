import { getWebhookSecret, rotateWebhookSecret } from "@/services/webhooks/secret";
import { type Route, route } from "../route";

export const webhooks: Route[] = [
  route("POST /webhooks/secret", getWebhookSecret),
  route("POST /webhooks/secret/rotate", rotateWebhookSecret),
];
