import type { Metadata } from "next";
import { titled } from "../titled";
import { TeamScreen } from "./team-screen";

export const generateMetadata = (): Promise<Metadata> => titled("team");

export default TeamScreen;
