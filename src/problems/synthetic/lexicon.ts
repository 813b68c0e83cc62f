/** The words of the problems, and their grammar: plurals, articles, units. */

/** Things that are made, packed or driven: singular, with a regular plural or one in {@link IRREGULAR}. */
export const GOODS: readonly string[] = [
  'chair',
  'table',
  'lamp',
  'desk',
  'shelf',
  'bench',
  'door',
  'stool',
  'toy',
  'bike',
  'boot',
  'vase',
  'clock',
  'rug',
  'radio',
  'kite',
  'drum',
  'boat',
  'bag',
  'coat',
];
export const GEAR: readonly string[] = [
  'tent',
  'stove',
  'rope',
  'lantern',
  'camera',
  'drone',
  'map',
  'axe',
  'kettle',
  'blanket',
  'compass',
  'torch',
];
export const VEHICLES: readonly string[] = ['truck', 'van', 'train', 'barge', 'cart', 'plane', 'ferry', 'lorry'];
const STAFF: readonly string[] = ['nurse', 'driver', 'cook', 'guard', 'clerk', 'porter'];

/** Uncountable things with the unit they are measured in. */
export const RESOURCES: readonly string[] = ['labor', 'wood', 'steel', 'rubber', 'paint', 'cloth', 'glass', 'glue'];
export const NUTRIENTS: readonly string[] = ['protein', 'iron', 'fiber', 'fat', 'sugar', 'zinc', 'calcium'];
export const FOODS: readonly string[] = [
  'rice',
  'corn',
  'milk',
  'bread',
  'fish',
  'soup',
  'beef',
  'cheese',
  'tofu',
  'fruit',
];
export const GRAINS: readonly string[] = ['barley', 'wheat', 'soy', 'rye', 'hay', 'bran', 'maize', 'millet'];
export const ASSETS: readonly string[] = ['gold', 'silver', 'copper', 'timber', 'cotton', 'land', 'oil', 'gas'];
export const TRADES: readonly string[] = ['painting', 'wiring', 'tiling', 'cleaning', 'roofing', 'welding', 'packing'];
export const SHIFTS: readonly string[] = ['early', 'middle', 'late', 'split', 'long'];
export const DAY_PARTS: readonly string[] = ['morning', 'noon', 'afternoon', 'evening', 'night'];

/** Proper names: one capitalised word each. */
export const TOWNS: readonly string[] = [
  'Leeds',
  'York',
  'Bath',
  'Dover',
  'Derby',
  'Perth',
  'Oslo',
  'Turin',
  'Lyon',
  'Porto',
  'Ghent',
  'Basel',
  'Siena',
  'Cadiz',
];
export const PEOPLE: readonly string[] = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gus', 'Hana', 'Ivan', 'Jane'];
export const MONTHS: readonly string[] = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'];
export const LETTERS: readonly string[] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

/** Words that carry no data; `{?business}` in a wording stands for any of its list. Training and held-out alike. */
export const FLAVOURS: Readonly<Record<string, readonly string[]>> = {
  business: ['shop', 'factory', 'workshop', 'company', 'studio', 'firm'],
  staff: STAFF,
  machine: ['oven', 'press', 'lathe', 'printer', 'kiln'],
};

const UNIT_OF: Readonly<Record<string, string>> = {
  labor: 'hour',
  wood: 'board',
  steel: 'kg',
  rubber: 'kg',
  paint: 'liter',
  cloth: 'meter',
  glass: 'sheet',
  glue: 'liter',
  ...Object.fromEntries(NUTRIENTS.map((nutrient) => [nutrient, 'g'])),
};
const IRREGULAR: Readonly<Record<string, string>> = { shelf: 'shelves', kg: 'kg', g: 'g', km: 'km' };

/** The unit of an uncountable resource or nutrient, singular; `undefined` for any other word. */
export function unitOf(resource: string): string | undefined {
  return UNIT_OF[resource];
}

/** `chairs`, `benches`, `ferries`, `shelves`, `kg`. */
export function plural(noun: string): string {
  const irregular = IRREGULAR[noun];
  if (irregular) return irregular;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

const SINGULAR: ReadonlyMap<string, string> = new Map(
  [...GOODS, ...GEAR, ...VEHICLES, ...STAFF].flatMap((noun) => [
    [noun, noun],
    [plural(noun), noun],
  ]),
);

/** The singular of a countable noun in either number; `null` for a word that is not one. */
export function singular(word: string): string | null {
  return SINGULAR.get(word) ?? null;
}

/** `1 hour`, `3 hours`, `2 kg`. */
export function counted(amount: number, noun: string): string {
  return `${amount} ${amount === 1 ? noun : plural(noun)}`;
}

/** `a chair`, `an axe`. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** `wood`, `wood and paint`, `wood, paint and glue`. */
export function enumerated(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
