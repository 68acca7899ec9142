import { previewMessage } from "@/services/messages/preview";
import { sendTest } from "@/services/messages/send-test";
import { getMessage, listMessages } from "@/services/runs/messages";
import { type Route, route } from "../route";

export const messages: Route[] = [
  route("GET /messages", listMessages),
  route("GET /messages/:message", getMessage),
  route("POST /messages/preview", previewMessage),
  route("POST /messages/test", sendTest),
];
