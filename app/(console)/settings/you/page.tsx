import type { Metadata } from "next";
import { titled } from "../titled";
import { YouScreen } from "./you-screen";

export const generateMetadata = (): Promise<Metadata> => titled("you");

export default YouScreen;
