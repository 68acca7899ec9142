import { changeRole, givePassword, takeOut } from "@/services/access/people/change";
import { invitePerson } from "@/services/access/people/invite";
import { listPeople } from "@/services/access/people/list";
import { type Route, route } from "../route";

export const people: Route[] = [
  route("GET /people", listPeople),
  route("POST /people", invitePerson),
  route("PATCH /people/:person", changeRole),
  route("DELETE /people/:person", takeOut),
  route("POST /people/:person/password", givePassword),
];
