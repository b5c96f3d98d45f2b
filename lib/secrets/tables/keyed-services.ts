/** Formats of business, payment and messaging services that only a provider's name in the key gives away. Data only. */

export const KEYED_SERVICES = `
abuseipdb-key  AbuseIPDB  abuseipdb  {a80}
amplitude-secret-key  Amplitude  amplitude  {h32}
beamer-api-token  Beamer  beamer  b_{e44}
binance-secret  Binance  binance  {A64}  entropy=4
bitfinex-bitmex-secret  BitMEX  bitmex bitfinex  {s24} {s48} {A43}  noun entropy=3.5
bitly-access-token  Bitly  bitly  {h40}
bittrex-access-key  Bittrex  bittrex  {a32}
box-api-access-token  Box  box box_api  {A32}  noun entropy=3.5
braintree-private-key  Braintree  braintree  {h32}  noun
braze-api-key  Braze  braze  {u}
calendly-key  Calendly  calendly  {A32} {U32}
chargebee-key  Chargebee  chargebee  (live|test)_{A24,60}
clearbit-key  Clearbit  clearbit  sk_{a32} {h35}
close-crm-key  Close  closecrm close_crm  api_{A22,24}.{A22,24}
coinbase-access-token  Coinbase  coinbase  {s64} {A16,32}  entropy=3.3
discord-api-token  Discord  discord  {h64} {s24,28}.{s6,7}.{s27,40}
discord-client-id  Discord  discord  {d18}  noun
discord-client-secret  Discord  discord  {e32}
disqus-api-key  Disqus  disqus  {A64}
etherscan-key  Etherscan  etherscan bscscan polygonscan  {U34}
etsy-access-token  Etsy  etsy  {a24}(:{a10,64})?  entropy=3
facebook-secret  Facebook  facebook fb_app fb_secret instagram  {h32}  entropy=3
facebook-access-token  Facebook  facebook access_token  {d15,17}{[|%]1}{s27,40}
finicity-api-token  Finicity  finicity  {h32}
finicity-client-secret  Finicity  finicity  {a20}
finnhub-access-token  Finnhub  finnhub  {a20} {a40}
flickr-access-token  Flickr  flickr  {h32} {a32}
freshbooks-access-token  FreshBooks  freshbooks  {a64}
freshdesk-key  Freshdesk  freshdesk freshservice  {A20}  noun
gocardless-api-token  GoCardless  gocardless  (live|sandbox)_{e40}
gumroad-access-token  Gumroad  gumroad  {h64} {s43}
hubspot-api-key  HubSpot  hubspot hapikey  {u}
intercom-api-key  Intercom  intercom  {e60}
iterable-key  Iterable  iterable  {h32}  noun
kraken-access-token  Kraken  kraken  {[A-Za-z0-9/=_+-]80,90}  entropy=4
kucoin-access-token  KuCoin  kucoin  {h24}
kucoin-secret-key  KuCoin  kucoin  {u}
line-channel-token  LINE  line_channel linebot line_bot  {b160,180}(=)?(=)? {h32}
linkedin-client-id  LinkedIn  linkedin linked_in linked-in  {a14}
linkedin-client-secret  LinkedIn  linkedin linked_in linked-in  {A16}
lob-key  Lob  lob  (live|test)_(pub_)?{h31,35}
looker-client-id  Looker  looker  {a20}
looker-client-secret  Looker  looker  {a24}
mailgun-signing-key  Mailgun  mailgun  {[a-h0-9]32}-{[a-h0-9]8}-{[a-h0-9]8} {h32}
mailjet-secret  Mailjet  mailjet  {h32}
mapbox-api-token  Mapbox  mapbox  (pk|sk|tk).{A60,120}.{s22}
mattermost-access-token  Mattermost  mattermost  {a26}
cisco-meraki-api-key  Cisco Meraki  meraki  {[0-9a-f]40}  entropy=3
messagebird-api-token  MessageBird  messagebird message_bird message-bird  {A25}
messagebird-client-id  MessageBird  messagebird message_bird message-bird  {u}
mixpanel-secret  Mixpanel  mixpanel  {h32}  noun
mollie-api-key  Mollie  mollie  (live|test)_{A30} access_{A30}
new-relic-user-api-id  New Relic  newrelic new_relic new-relic  {a64} {h40} {h47}
nytimes-access-token  New York Times  nytimes newyorktimes new-york-times  {e32}
opsgenie-api-key  Opsgenie  opsgenie  {u}
pagerduty-key  PagerDuty  pagerduty pager_duty  u+{s18} {s20} {h32}  noun entropy=3.3
paypal-secret  PayPal  paypal  {s80} E{s79}  entropy=4
paystack-key  Paystack  paystack  (sk|pk)_(live|test)_{h40}
pipedrive-key  Pipedrive  pipedrive  {h40} {A40}  noun
plaid-client-id  Plaid  plaid  {A24}  entropy=3.3
plaid-secret-key  Plaid  plaid  {A30}  entropy=3.3
polymarket-key  Polymarket  polymarket poly_api poly_builder  {u} 0x{H64} {s43}=  entropy=3
postmark-token  Postmark  postmark x-postmark-server-token  {u}
pusher-secret  Pusher  pusher  {h20}  noun
razorpay-key-secret  Razorpay  razorpay  {A24}  noun entropy=3.5
rollbar-access-token  Rollbar  rollbar  {h32}
sanity-token  Sanity  sanity  sk{A80,200}
segment-write-key  Segment  segment  {A32} {s43}.{s43}  noun entropy=4
sendbird-access-id  Sendbird  sendbird  {u}
sendbird-access-token  Sendbird  sendbird  {h40}
sentry-access-token  Sentry  sentry  {h64}  entropy=3
sidekiq-secret  Sidekiq  bundle_enterprise__contribsys__com bundle_gems__contribsys__com  {h8}:{h8}  entropy=2
splunk-hec-token  Splunk  splunk hec_token  {u}
smtp2go-api-key  SMTP2GO  smtp2go  api-{A32}  entropy=3.3
spotify-client-secret  Spotify  spotify  {h32}  noun
squarespace-access-token  Squarespace  squarespace  {u}
steam-web-api-key  Steam  steam  {U32}  noun entropy=3
sumologic-access-id  Sumo Logic  sumo sumologic sumo_logic  su{A12}  entropy=3
sumologic-access-token  Sumo Logic  sumo sumologic sumo_logic  {A64}  entropy=3
telegram-bot-token  Telegram  telegram telegr  {d5,16}:A{s34}
telnyx-api-key  Telnyx  telnyx  KEY{s55}  entropy=3.5
trello-key  Trello  trello  {h32} {h64}  noun
twilio-api-key  Twilio  twilio  SK{H32}  entropy=3
twilio-auth-token  Twilio  twilio  {h32}  noun entropy=3
twitch-api-token  Twitch  twitch  {a30}
twitter-access-secret  Twitter  twitter  {A45}
twitter-access-token  Twitter  twitter  {d15,25}-{A20,40}
twitter-api-key  Twitter  twitter  {A25}
twitter-api-secret  Twitter  twitter  {A50}
twitter-bearer-token  Twitter  twitter  AAAAAAAAAAAAAAAAAAAAAA{[A-Za-z0-9%]80,100}
vonage-secret  Vonage  vonage nexmo  {A16}  noun entropy=3.3
wechat-secret  WeChat  wechat weixin wx_app  {h32}  noun
yelp-key  Yelp  yelp  {s128}
zendesk-secret-key  Zendesk  zendesk  {A40}
zoom-secret  Zoom  zoom  {A32} {A22}  noun entropy=3.8
adyen-api-key  Adyen  adyen  AQE{[A-Za-z0-9+/=-]60,400}  entropy=4
courier-api-key  Courier  courier  (pk|dk)_(prod|test)_{U28} (pk|dk)_(prod|test)_{A24}
`;
