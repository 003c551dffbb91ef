import type { Enhance } from "../page";

export const enhance: Enhance = () => {};
