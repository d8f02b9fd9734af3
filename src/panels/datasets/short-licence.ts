/** The first words of a licence's account, before its evidence: `MIT (package …)` gives `MIT`. */
export const shortLicence = (licence: string): string => licence.split(/[;(]/)[0]!.trim();
