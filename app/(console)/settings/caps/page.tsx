import type { Metadata } from "next";
import { titled } from "../titled";
import { CapsScreen } from "./caps-screen";

export const generateMetadata = (): Promise<Metadata> => titled("caps");

export default CapsScreen;
