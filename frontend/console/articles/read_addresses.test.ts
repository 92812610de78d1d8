import { expect, test } from 'vitest'
import { addressesIn, readAddresses } from './read_addresses'

test('it works', () => {
  const map = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc> https://help.example/a?b=1&amp;c=2 </loc></url><url><loc><![CDATA[https://help.example/d]]></loc></url></urlset>`
  expect(addressesIn(map)).toEqual(['https://help.example/a?b=1&c=2', 'https://help.example/d'])
})

test('of a list the lines that are addresses', () => {
  expect(addressesIn('# help\r\nhttps://help.example/a\r\n\r\njavascript:alert(1)\nftp://x')).toEqual(['https://help.example/a'])
})

test('a file without any, or that is not what its name says, is a sentence', async () => {
  await expect(readAddresses(new File(['nothing'], 'map.xml'))).rejects.toThrow('map.xml holds no addresses.')
  await expect(readAddresses(new File(['nothing'], 'map.xml.gz'))).rejects.toThrow('cannot be unpacked')
})
