export const generatingFolders: readonly string[];
export const generatedPaths: readonly string[];
export function copyHouse(root: string, target: string): void;
export function generateIn(target: string): void;
