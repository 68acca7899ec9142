import type { Metadata } from "next";
import { TeamScreen } from "../team-screen";
import { titled } from "../titled";

export const generateMetadata = (): Promise<Metadata> => titled("team");

export default TeamScreen;
