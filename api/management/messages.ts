import { reportComplaint } from "@/services/messages/complain";
import { previewMessage } from "@/services/messages/content/preview";
import { previewSendAgain, sendAgain } from "@/services/messages/send-again";
import { readSending, resumeSending, stopSending } from "@/services/messages/sending";
import { sendTest } from "@/services/messages/testing/send-test";
import { getMessage, listMessages } from "@/services/runs/messages";
import { messageReasons } from "@/services/runs/reasons";
import { type Route, route } from "../route";

export const messages: Route[] = [
  route("GET /messages", listMessages),
  route("GET /messages/reasons", messageReasons),
  route("GET /messages/:message", getMessage),
  route("POST /messages/again/preview", previewSendAgain),
  route("POST /messages/again", sendAgain),
  route("POST /messages/preview", previewMessage),
  route("POST /messages/test", sendTest),
  route("POST /messages/:message/complaint", reportComplaint),
  route("GET /sending", readSending),
  route("POST /sending/stop", stopSending),
  route("POST /sending/resume", resumeSending),
];
