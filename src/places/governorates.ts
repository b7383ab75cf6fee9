/** The fourteen governorates of Syria by their ISO 3166-2 codes, and the codes other sources give them. */

export interface Governorate {
  /** ISO 3166-2. */
  readonly iso: string;
  /** OCHA P-code of the first level. */
  readonly pcode: string;
  /** GeoNames first-level code. */
  readonly geonames: string;
}

export const GOVERNORATES: readonly Governorate[] = [
  { iso: 'SY-DI', pcode: 'SY01', geonames: '13' },
  { iso: 'SY-HL', pcode: 'SY02', geonames: '09' },
  { iso: 'SY-RD', pcode: 'SY03', geonames: '08' },
  { iso: 'SY-HI', pcode: 'SY04', geonames: '11' },
  { iso: 'SY-HM', pcode: 'SY05', geonames: '10' },
  { iso: 'SY-LA', pcode: 'SY06', geonames: '02' },
  { iso: 'SY-ID', pcode: 'SY07', geonames: '12' },
  { iso: 'SY-HA', pcode: 'SY08', geonames: '01' },
  { iso: 'SY-DY', pcode: 'SY09', geonames: '07' },
  { iso: 'SY-TA', pcode: 'SY10', geonames: '14' },
  { iso: 'SY-RA', pcode: 'SY11', geonames: '04' },
  { iso: 'SY-DR', pcode: 'SY12', geonames: '06' },
  { iso: 'SY-SU', pcode: 'SY13', geonames: '05' },
  { iso: 'SY-QU', pcode: 'SY14', geonames: '03' },
];

/** Id of a governorate's place. */
export const governorateId = (iso: string): string => `iso:${iso}`;

export const governorateOfGeonames = (code: string): string | undefined =>
  GOVERNORATES.find((row) => row.geonames === code)?.iso;

export const governorateOfPcode = (pcode: string): string | undefined =>
  GOVERNORATES.find((row) => pcode.startsWith(row.pcode))?.iso;
