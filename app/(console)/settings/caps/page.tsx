import type { Metadata } from "next";
import { CapsScreen } from "../caps-screen";
import { titled } from "../titled";

export const generateMetadata = (): Promise<Metadata> => titled("caps");

export default CapsScreen;
