/** Where the git data of a clone lie; its files are in a folder of the project. A `.git` inside would be refused on import. */
export const clonePath = (folder: string): string => `.lab/clones/${folder}.git`;
