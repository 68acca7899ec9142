import { getWebhookSecret } from "@/services/webhooks/secret";
import { type Route, route } from "../route";

export const webhooks: Route[] = [route("POST /webhooks/secret", getWebhookSecret, { isSecret: true })];
