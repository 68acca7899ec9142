import { createKey, listKeys, revokeKey, rotateKey } from "@/services/access/keys";
import { type Route, route } from "../route";

export const keys: Route[] = [
  route("GET /keys", listKeys),
  route("POST /keys", createKey),
  route("POST /keys/:key/revoke", revokeKey),
  route("POST /keys/:key/rotate", rotateKey),
];
