"""The 2,048 words of the check phrase, in an order that is fixed for ever.

The words are an interface: two programs of whatever age have to say the same of one value. Nothing
here is ever changed, added or put elsewhere. They were chosen to sound apart, and to be plain to
those who speak English as a second language: ``tests/phrase_words`` tells how and from what, and
its tests hold what was sought.
"""

from typing import Final

WORDS: Final = tuple(
    """
abacus abound absolute accept achieve acid acorn acquire acrobat across acrylic activate actor
actress adaptive additive adequate adjacent admiral admit adopt adult advance aerial aerobic agency
agenda agent agile agree airborne aircraft airfield airliner airport airspace airstrip alarm album
alcove alert algebra alkali alliance allow almanac almond alpha alphabet alpine amateur amaze amber
ambient ambition amethyst amount ample anagram analyst ancestry anchor ancient angel animal annual
answer antenna anthem antidote antique antler apex appear appetite approach approval apricot apron
apt aquatic archive archway arctic aria armchair aroma arrival artery article artisan artistic
artistry artwork ask aspect assemble assign assist asterisk asteroid athletic atlas atom attach
attempt attend attitude attract auction audience audio audition aura auto automate autumnal avenue
average avoid award awesome awning axle azalea baby bachelor back backbone backdrop backlog
backpack backyard baffle bagel baggage bakery balance balcony ballast balloon ballpark ballroom
bamboo banana bandage bandit banjo banner banquet barbecue barbell bargain barge barrage barrier
baseball baseline basement bathrobe bathroom bathtub beacon beaker bean beauty become bedrock
bedroom bedside beetle behave beige believer belong benefit bicycle bikini bill binary bingo
birthday biscuit bison blade blanket blend blink blossom blouse bobcat boiler bolster bonfire bonus
bookcase booklet bookmark bookshop boom borrower botany bottom bounce boundary bouquet boutique box
bracelet bracket branch bravery bray breath breezy brittle broccoli brochure broker bronze brook
brown browser brush budget buffalo buffer bugle builder buildup bulk bulldog bulletin bumble bumper
bunch bundle bungalow bunker burlap burst business busy butler buttress buyer cabbage cabinet cacao
cactus cadet cage calcium calendar calorie cameo camera camp campsite campus canary cancel candid
candy canoe canopy canyon captain capture caramel caravan carbon cardigan carefree careful cargo
carnival carousel carpet cartoon cascade cat catchy catfish catnip causeway cautious caviar celery
cement census century ceramic chairman chamber champion change channel chant chap chapter charcoal
charger charity charm checkout checkup cheek cheerful chef chemist cherish cherry chestnut chewy
chicken child chimney chipmunk chisel choice choppy chuckle chunk cinder cinema circuit circular
citation citizen citrus city civil clank clapper clarify clarinet clash classic classify cleanser
cleanup clear clever client climate climax climb clinic clock clone closet closure cloud club
clutter coach coastal cobra cockpit coconut cocoon coffee coincide coleslaw collage colony colossal
column combine comeback comedy comfort comical comment commerce common communal commute compact
company compare complete complex comply composer compound comprise computer comrade concept concern
concerto concrete confirm consider consist consult consume contact contain content continue
contrast control convex convince convoy cookbook cookie cordless corner correct corridor cosmetic
cosmic costume cottage cougar counter countess couple coupon courage courier court courtesy
coverage cowboy cowgirl crackle cradle craft cram crane crawl creamy creative credible credit crew
crimson crispy critic crockery crucial crunch crust crystal cubic cubicle cucumber cuisine cultural
cupcake curfew curious currency current curve custard custody customer cutlery cutoff cycle
cylinder cypress dainty daisy dampen dance dapper darkroom day daydream daytime dazzle deadline
debate decide decimal decisive declare decorate dedicate deed defender define definite degree delay
delegate deliver deluxe demand denim dentist depend deposit depth derby derrick describe designer
desk desktop detail detect develop diagram diary digital dignity dime diminish dimmer dinosaur
diploma director disco dish distance divert divider division doctor doctrine document dollar
dolphin domain domestic dominant dominate domino donation donor doorknob doorman doorstep double
download downsize downtown downwind dozen dragon drainage drama dramatic drapery drawback drawer
dream dress drifter drink drip drive driveway drizzle drone drummer duckling duke dumbbell dumpling
durable dynamic earshot earth easiest easterly easy ebony echo eclipse editor egg either elbow
electric elegance element elevate eleventh elm elongate email emblem embrace emerald emotion
empathy emperor employee empty enable enclose encode end energy engage engine engraver enhance
enjoy enlarge enormous enrich ensemble entire entity entrance envelope envision epic episode equal
equation equip eraser escape essence esteem estimate ethical event everyday everyone evidence exact
exam examine example excavate exchange exercise exhibit exist expand expect expense explain explore
exporter express extend external extra extract eyeball fabric facial fact factual faculty falcon
falsetto familiar family famous fanfare fantasy faraway farewell farmer farmland feasible feather
feedback fence festival fiction fiddler field figure film filter finalist finance finger finish
firefly firewood firework fishery fit flagpole flagship flamingo flannel flap flask flexible flick
flipper floor florist floss flounder flourish fluffy flurry focus fog foliage folklore follower
font footage football footnote footpath footwork forearm forecast forehead foreign forestry forever
forget forgive form format formula fortress fountain fraction fragile fragment free freedom freezer
freight frequent fresh freshman friend frisky frolic frontier frost frothy frozen fruitful full fun
function funky future gadget gain galactic galaxy galley gallon galore garbage gardener garland
garlic garment garnish gather gazebo gazelle general generate genetic genius gentler genuine
gesture getaway giant gift gig gigabyte giggle giraffe girder giveaway gland glassy glimpse glitz
global globular glorious glucose goal goblet goldfish golf gondola gong goodbye goodwill gopher
gorgeous gorilla gourmet governor grace gracious gradual graduate grammar grandma grandson granite
granny granola granular graphite grasp grateful gravity greenery gremlin gridiron grinder grocery
group growth guardian guess guidance guitar gummy habitat haircut hairline half halftime halfway
hallmark halter hamlet hammer hammock hand handbook handler handmade handout handsome happy
hardback hardball harden hardware hardwood harmless harmony harness harp harvest hazelnut head
headband headgear headway healthy hearty heater heavy hectic hedgehog heirloom helium helmet help
herald heritage heroic heron hexagon highway hiker hillside hilltop hilly hinge hip history hive
hockey holiday hologram home homemade hometown homework honesty honey hook hopeful horizon hornet
host hotel hotshot house huge human humorous hungry hurdle hurl hurrah hush hybrid hydrant hydrogen
hygiene hyphen ice iceberg ideal ignition iguana imagery imagine impact import imprint improve inch
incident include income increase indeed index indicate indigo indoor industry infinite info inform
inherit initial inlay inlet input insect inside insist inspire instant instead instinct instruct
integer integral interact intercom internal intimate inventor invest invite invoice involve iris
iron island ivy janitor jawbone jazzy jiffy jigsaw jittery job join joker jolly jolt journey jovial
joyful joystick jubilant jubilee juice jukebox jump jumpsuit jungle junior juniper junkyard justice
justify kangaroo keep keepsake ketchup keyboard keyhole keystone keyword kidney kilowatt kind
kingdom kiosk kitchen kiwi koala label ladybug lagoon lamb landfill landmark language laptop lark
laser laughter launcher laundry laurel lavender lawmaker lawn layout layover leader leaflet leafy
league lecture ledger legacy legal legend legible lemon lemonade length leniency lens lentil
lettuce level leverage liberty library life lifeboat lifeline lifelong lifespan lifetime lilac
limit lineup linguist lion lipstick liquid list listener literate little liver llama load lobby
lobster location locker lodge loft logic lollipop loop loosen lorry lounge lovable loyal loyalty
lucky luggage lullaby lumber luminous lunar luncheon luxury lyric machine mackerel magazine magenta
magic magician magnetic magnify magnolia mailbox mailman mainland mainline maintain majesty major
make makeup mammoth manager mandarin mandolin mango manhole manifest mansion many maple marathon
march margin marigold marina marinade mariner marker marketer marksman markup maroon marshy marvel
mascot masonry mastery matchbox matter mattress maximum meal measure meatball mechanic media
medical medicine meditate melody melon melt member memo memoir memory mentor merchant merge merit
message metaphor method metric microbe middle midnight midweek migrate mileage milk mindful mine
mineral mingle minibus minimum minivan minstrel minute miracle mirror mission mix mixture moat
moderate modern modesty modify modulate moisture moment mongoose monitor monorail monotone montage
month monument moonlit mosaic moss mother motivate motive motto movement movie muff muffin multiple
museum mushroom music musician musk mutual name napkin narrate narrow nation natural navigate navy
nearby neck necklace nectar needle neon nest nestle newcomer newscast nickel nickname nimble ninety
noble noise nomadic normal north northern notable notebook notice noun nourish novel novelty nugget
numerous nursery nutmeg nutrient nutshell nylon oasis oatmeal oboe observe occasion occupy octave
octopus offbeat offer office official offshoot oil oilfield olden omega onion open operate opinion
optimist optimum optional orange orbit orchard orchid order organic origin ornament ostrich own
oxide oxygen oyster pacify pageant pagoda paid palace palm pamphlet pancake papaya paper paradise
paradox parcel parent part partner passage passport pasta pastel pastime pastoral path pathway
patient patio patrol pattern pavement pavilion paw payable paycheck payroll peaceful peacock peanut
peculiar pedestal pencil pendant penguin pentagon perceive perfect perform perfume period permit
personal petition pewter pharmacy pheasant photo physical pianist piano piccolo pickup picnic
picture pigeon piggy pillow pilot pinpoint pipe pipeline pitch pivotal pixie plan planet plantain
planter plastic platform platinum playback playful playmate playoff pleasure plenary plump podium
poem poetic poetry point polish polka pony ponytail popcorn popular portable portico portrait
portray positive possible postage postcard postman posture potato potion powerful prairie prefer
prepaid prepare presence preserve prestige pretty pretzel preview previous price primrose private
problem process producer product profile profound progress project promise promo promoter prompt
pronoun prop property proposal prospect prosper protein protocol prove provider province prudent
public pulp pumpkin pupil puppet purpose pursuit puzzle pyramid qualify quantity quarry quarter
question quick quiet rabbit radar radiant radio radius rail railroad railway rainbow raincoat
raisin ramble random ranger rank rare rational raven reach ready realist realty receipt receiver
recipe recorder recovery reduce redwood referee reflect refuge regard regional register regular
regulate reindeer relative relevant relief remedy reminder renewal renovate rent replica rescue
resemble resident resonate respect response restful result resume retina retrieve revival revolve
rhubarb rhythm ribbon ridge ringside riser rivet roadside robotics robust rock rocket roller
romance romantic roof rooftop roommate roomy rope rosemary roster rosy rotary rotation rotunda
routine rubbish rucksack rugby runway rural safari safety saffron sailboat sailor salesman salmon
sampler sandal sandman sandwich sapphire sardine satisfy saucepan saucer save sawdust scallop
scanner scarf scarlet scenery schedule scheme scholar school science scooter scope scorpion
scramble scratchy script search seashore seaside season section secure sedan seedling segment
select semester senior sensible sequence serenade series set setup shadow shampoo shamrock sharpen
shawl sheet shepherd sheriff shipment shopper shortcut shorten shoulder show showbiz showcase
showroom shrimp shrub shutdown shutter shuttle sidekick sideline sideshow sidewalk sideways sigma
signal signify silencer silent silicon silky silver similar simple simplify simulate sincere sing
singular sister sitcom skeleton sketch skin skipper skirt sky skyline slalom sleepy slender sleuth
slide slogan smooth smudge snail snap snapshot sneaker snorkel snowfall snowman snowy snuggle
social sofa softball software sojourn solid solitude solo soluble solution solve sonata sonnet
sorbet soulful sound source souvenir soybean space spacious spark sparkle sparrow spatula speak
special specific specimen spectrum speedy spend sphere spicy spider spinach spiral splash sponge
sponsor spooky spoon spot spray spread sprinkle sprinter spruce square squeeze squid squirrel
stable stadium staff stamina stamp stand standard stanza stardom starfish starter state stature
status stellar stem stencil stereo sticker stitch stomach stone stop storage storm straddle
strategy straw streamer street strength stretch string stripe stroll student studio sturdy style
stylish subject subtitle suburban subway success sugar suggest suitable suitcase summer summit
sunlight sunset sunshine superb support sure surface surfer surprise surveyor survival sustain
swampy swan sweater sweep swift swim swimsuit syllabus symbolic symmetry sympathy symphony syrup
system tablet tactical takeoff takeout takeover talent talk tape tapestry tarmac tartan taste taxi
teacher teacup teammate teamwork teaspoon teenage teeth telegram tell template tempo tendency
tender tennis tension tentacle termite terrain text textbook textile texture thankful thatch
thematic theme theory thermal think thorny thread threaten thrift thunder tiger tighten timber
timeless tinker tinsel toaster today tofu together toilet tolerate tomorrow toolbar topic tourism
township track tractor trade traffic trainer tranquil transfer transit trapeze travel treasure
treble triangle tribute tricycle trident trill trilogy triplet triumph trivia trolley trombone
tropical trucker truth try tuba tulip tunic tunnel turbine turnip turnout turnover turnpike turtle
tuxedo tweezers twelfth twice twin twinkle typeface typical typist ultimate umbrella umpire uncle
unicorn uniform unify unit universe upbeat upcoming update upfront upgrade uphill upload upstairs
upstart upstate upstream upswing upward urchin usage usher vacancy vacation vaccine valid validate
valuable valve vanilla various varsity vase veggie vehicle velvet venture verbal verify vertical
veteran vibrant victory video viewer villager vinegar vineyard vintage viola violin virtuous vision
visitor vista visual vital vitamin vivid vocal volcano voltage volume voucher vowel voyage wagon
waitress walkout wallet walrus waltz wardrobe warmth warranty washroom watchful watchman water
waterway wealth weasel weave web website weekday weekend welcome welder welfare western westward
wharf whisper whistle white wildcat wildlife windfall windmill winner wizard wooden woodland
woodwork work workbook workload workman workshop woven wrinkle yacht yard year yearling yeast yoga
young youthful zenith zero zigzag zillion zoo zucchini
""".split()  # noqa: SIM905 - one word after the other is what it is
)
