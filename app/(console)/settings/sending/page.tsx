import type { Metadata } from "next";
import { SendingScreen } from "../sending-screen";
import { titled } from "../titled";

export const generateMetadata = (): Promise<Metadata> => titled("sending");

export default SendingScreen;
