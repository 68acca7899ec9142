import { previewMessage } from "@/services/messages/preview";
import { getMessage, listMessages } from "@/services/runs/messages";
import { type Route, route } from "../route";

export const messages: Route[] = [
  route("GET /messages", listMessages),
  route("GET /messages/:message", getMessage),
  route("POST /messages/preview", previewMessage),
];
