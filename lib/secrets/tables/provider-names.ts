/** Names of services that hand out keys whose format says nothing. A key that holds one of them belongs to that service. Data and its look-up. */

const NAMES =
  'abstract abstractapi abuseipdb abyssale accuweather acuity adobe adyen adzuna aeroworkflow agora airbrake aircall airship ' +
  'airvisual aiven alchemy alconost alegra aletheia algolia alienvault allsports amadeus ambee amplitude anthropic ' +
  'anypoint apacta apideck apiflash apify apilayer apimatic apimetrics apitemplate apollo appcues appfollow appoptics ' +
  'appsflyer apptivo artsy asana assemblyai atera audd auth0 autodesk autoklose autopilot avaza avazaapp aviationstack aws ' +
  'axonaut aylien ayrshare azure bannerbear baremetrics basecamp baseten beamer beebole besnappy bestbuy besttime ' +
  'betterstack billomat bitbar bitbucket bitcoinaverage bitfinex bitgo bitly bitmex blablabus blazemeter blitapp ' +
  'blockfrost blogger bombbomb boostnote borgbase braintree braintrust brandfetch braze browserstack browshot bscscan ' +
  'bugherd bugsnag buildkite bulksms buttercms caflou calendarific calendly calorieninja campayn cannyio capsulecrm ' +
  'captaindata carboninterface cashboard caspio censys centralstation cexio chartmogul chatbot chatfule checio checkly ' +
  'checkvist cicero circleci clarifai clearbit clicksend clicksendsms cliengo clinchpad clockify clockwork clockworksms ' +
  'closecrm cloudconvert cloudelements cloudflare cloudimage cloudinary cloudmersive cloudplan cloudsmith cloverly cloze ' +
  'clustdoc codacy codeclimate codemagic codequiry cohere coinapi coinbase coinlayer coinlib coinmarketcap commercejs ' +
  'companyhub confluent contentful contentstack conversiontools convertapi convertkit convier copyscape coresignal ' +
  'countrylayer coveralls craftmypdf crossbrowsertesting crowdin crowdstrike cryptocompare currencycloud currencyfreaks ' +
  'currencylayer currencyscoop currentsapi customerguru customerio d7network dailyco dareboost databox databricks datadog ' +
  'datafire datagov debounce deepai deepgram deepseek delighted detectify detectlanguage dfuse diffbot diggernaut ' +
  'digitalocean discord disqus dnscheck dockerhub docparser documo docusign dotdigital dovico dronahq droneci dropbox ' +
  'duply dwolla dynadot dynalist dynatrace dyspatch eagleeyenetworks easyinsight ecostruxureit edamam edenai eightxeight ' +
  'elasticemail elasticsearch elevenlabs enablex eraser etherscan ethplorer etsy eventbrite everhour exchangerate ' +
  'exchangeratesapi exportsdk extractorapi facebook faceplusplus facepp fastforex fastly fastspring feedier fetchrss ' +
  'fibery figma fileio filestack finage financialmodelingprep findl finnhub fixerio flatio fleetbase flexport flickr ' +
  'flightapi flightlabs flightstats flowflu flutterwave fmfw formbucket formcraft formio formsite foursquare frameio ' +
  'freshbooks freshdesk freshworks fulcrum fullstory fusebill fxmarket gcp geckoboard gemini gengo geoapify geocode ' +
  'geocodify geocodio geoipifi getemail getemails getgeoapi getgist getresponse getsandbox github gitlab gitter glassnode ' +
  'glitterlyapi gocanvas gocardless google googlemaps grafana graphcms graphhopper groovehq groq gtmetrix gumroad gyazo ' +
  'happyscribe harness hellosign helpcrunch helpscout hereapi heroku hetzner hightouch hiveage holidayapi honeycomb ' +
  'html2pdf hubspot huggingface hybiscus hypertrack iconfinder iexapis iexcloud imagekit imagga influxdb infura insightly ' +
  'instabot instagram instamojo intercom interseller intrinio invoiceocean ip2location ipapi ipgeolocation ipify ipinfo ' +
  'ipinfodb ipquality ipregistry ipstack jdbc jenkins jira jotform jumpcloud jumpseller juro kanban kanbantool karmacrm ' +
  'keenio kickbox klaviyo klipfolio knapsackpro kontent kraken kucoin kylas lambdatest langsmith languagelayer larksuite ' +
  'launchdarkly leadfeeder lemlist lemonsqueezy lendflow lessannoyingcrm lexigram linenotify linkedin linkpreview ' +
  'liveagent livestorm loadmill lob localize locationiq loggly loginradius logz lokalise loyverse luno macaddress madkudu ' +
  'magicbell mailboxlayer mailchimp mailerlite mailgun mailjet mailmodo mailsac mandrill mapbox mapquest marketstack ' +
  'mattermost mavenlink maxmind meaningcloud mediastack meistertask meraki mesibo messagebird metaapi metabase metrilo ' +
  'microsoftteams midise milvus mindmeister miro mistral mixcloud mixmax mixpanel mockaroo monday mongodb monkeylearn ' +
  'moonclerk moosend moralis mrticktock mux myexperiment myfreshworks myintervals nasdaq nethunt netlify neutrino newrelic ' +
  'newsapi newscatcher nexmo nftport ngc ngrok nicereply nightfall nozbe npm nubela nuget numverify nutritionix nvidia ' +
  'nylas nytimes oanda okta omnisend onedesk onelogin onepage onesignal onfleet oopspam openai opencagedata openuv openvpn ' +
  'openweather openweathermap opsgenie optimizely overloop owlbot packagecloud pagarme pagerduty pandadoc pandascore ' +
  'paperform paralleldots parsehub parsers parseur partnerstack pastebin paydirt paymo paymongo paypal paystack pdflayer ' +
  'pdfshift peopledatalabs pepipost percy perplexity photoroom pinata pinecone pipedream pipedrive pivotaltracker pixabay ' +
  'plaid planetscale planview planyo plivo podio pollsapi poloniex polygonio portainer positionstack postageapp postbacks ' +
  'posthog postman postmark powrbot prefect privateai prodpad prospectcrm protocolsio proxycrawl pubnub pulumi purestake ' +
  'pushbullet pusher pushover pypi qase qdrant qualaroo qubole quickbase quickmetrics rabbitmq railway rapidapi rawg ' +
  'razorpay reachmail readme reallysimplesystems rebrandly recharge recurly refiner rentman repairshopr restpack ' +
  'restpackhtml retellai revamp revampcrm ringcentral ritekit roaring robinhood rocketreach rollbar route4me rownd ' +
  'rubygems runpod runrunit salesblink salescookie salesflare salesforce salesmate satismeter sauce saucelabs scalr ' +
  'scrapeowl scraperapi scraperbox scrapersite scrapestack scrapfly scrapingant scrapingbee screenshotapi screenshotlayer ' +
  'scrutinizer securitytrails selectpdf semaphore semgrep sendbird sendgrid sendinblue sentry serphouse serpstack sheety ' +
  'sherpadesk shipday shippo shodan shopify shortcut shotstack shutterstock signalwire signaturit signupgenius sigopt ' +
  'simfin simplesat simplynoted simvoly sinch sirv siteleaf skrappio skybiometry slack smartsheet smartystreets smooch ' +
  'snipcart snowflake snyk sonarcloud sonarqube sourcegraph sparkpost speechtextai splunk spoonacular sportradar ' +
  'sportsmonk spotify squarespace squareup sslmate statuscake statuspage statuspal stitchdata stockdata storecove ' +
  'stormboard stormglass storyblok storychief strava stripe stripo sumologic supabase supernotes surveyanyplace surveybot ' +
  'surveysparrow survicate swiftype tallyfy tatum tavily taxjar teamgate teamwork technicalanalysis tefter telegram ' +
  'teletype telnyx testingbot testmu textmagic theoddsapi thinkific thousandeyes ticketmaster ticktick tiingo timecamp ' +
  'timezoneapi tmetric todoist toggl togglapi tomorrowio tomtom tradier transferwise travelpayouts travis trello ' +
  'twelvedata twilio twingate twist twitch twitter tyntec typeform typetalk ubidots uclassify unifyid unplugg unsplash ' +
  'upcdatabase uplead uploadcare uptimerobot upwave urlscan userflow userstack vagrantcloud vatlayer vercel verimail ' +
  'veriphone versioneye viewneo virustotal visualcrossing voiceflow voicegain voodoosms vouchery vpnapi vultr vyte ' +
  'walkscore weatherbit weatherstack weaviate web3storage webex webflow webscraper webscraping websitepulse wepay whoxy ' +
  'wistia worksnaps workstack worldcoinindex worldweather wrike yahoo yandex yelp ynab youneedabudget younow yousign ' +
  'youtube zapier zenkit zenrows zenscrape zenserp zeplin zerobounce zerotier zipapi zipbooks zipcodeapi zipcodebase zoho ' +
  'zonka zonkafeedback zoom zulip zulipchat';

let known: ReadonlySet<string> | undefined;

/** The first of a key's words, or of two neighbours joined, that names a service: `sauce labs` → saucelabs. */
export function findProvider(words: readonly string[]): string | undefined {
  known ??= new Set(NAMES.split(' '));
  for (let at = 0; at < words.length; at += 1) {
    const pair = `${words[at]}${words[at + 1] ?? ''}`;
    if (known.has(pair)) return pair;
    if (known.has(words[at] ?? '')) return words[at];
  }
  return undefined;
}
