# ruff: noqa: RUF001 - Cyrillic words hold letters that look like Latin ones
"""Ordinary words of the languages read: never items by themselves, and the mark of a sentence."""

TAIL_WORDS = """
asap pls plz please plss pleasee fast quick quickly now rn atm cheap only dm dms pm pms me hmu lmk ty tysm
thx thanks thank tyvm inbox msg message urgent tho though lol lmao lmfao xd bro bru bruh fr ngl fs already
available avail here today tonight still nty ping reply rq asking negotiable nego fair trusted legit mm first
free lf1 yes pf por favor obrigado obg gracias chama chame privado pv пж плиз пожалуйста лс пишите срочно
спасибо urgente mainly mostly preferably ideally urgently badly desperately
"""
"""Words that may follow the last item of a side without belonging to it."""

PLAIN_WORDS = """
everybodys hes shes cousin sister teammate sb watched swapped vendeu trocou deu comprou pagou wished
girlfriend boyfriend gf bf kidney smooth smoothly valendo piden scammado scamado
equivalent equiv
bulk variant variants variation variations
juicy clean lowballed perms goo letsgo lets able about above accept accepted accepts account acc accounts
across actually add after afk again against ago agree ah aint alive all allowed almost alone alot alr
alright also alt always am amazing an and another answer any anymore anyone anything anyway anywhere apart
apparently appreciate are arent around art as ask asked asks asleep at ate attack aura available average
away awesome awful b back bad badly bait ban banned be beat because become been before began begin behind
being believe best bet better between big bigger biggest bit bored boring boss bosses both bother bought boy
boys brb break bring broke broken brother brought bug bugged bump bumping bumped busy but buy buyer buyers
buying by bye call called calm came can cannot cant car care careful case cause caused center chance change
changed changes channel chat cheaper check checked checking chest chests chill choose chose clan clear close
closer cmon code codes cold collect come comes coming comment common community complete confirm confirmed
cool cooldown copy correct cost costs could couldnt couple course crazy crew cringe cry current currently
cuz cya daily damn dang date day days dead deal dealing dealer deals death decent decide decline declined
def definitely delete deleted demand depends desc despite did didnt die died diff difference different dirt
discord discuss do does doesnt dog doing dont done door double down drama drop dropped drops dude dumb
dungeon duo during each early earlier easily easy eat eh eight either else em empty end ended ends enjoy
enough entire especially etc even event events ever every everybody everyone everything everywhere evil ex
exact exactly example expect expensive explain extra eye eyes face fact fail fair faire fake fall false fam
family far farm farmed farming favor favorite feel feeling feels few fight fighting figure fill final
finally find finding fine finish finished first five fix fixed flex flexing float follow food for force
forever forget forgot form found four free fresh friday friend friends frm from front fruit fruits fuck
fucking full fun funny further future gain game games gave general generous get gets getting gg ggs gift
girl give given giveaway gives giving glad gm gn go goal god goes going gone gonna good goodbye got gotta
gotten grab great grind grinding group grow guess guild guy guys h had hadnt half hand hands happen happened
happy hard hardly has hasnt hate have havent having he head hear heard hell hello help helped helping helps
her here hers hes hey heyy hi high higher highest him himself his hit hold holding home hop hope hopefully
hopping horrible host hosting hot hour hours how however hows huge hundred hunt hunting hurry i id idc idea
idek idk if ig ign ignore ik ikr ill im imagine imma imo important impossible in incase info inside instead
instant instantly interest interested into inv inventory invite is island isnt issue it item items its
itself ive join joined joining joke jokes joking jump june just k keep keeps kept key kick kicked kid kids
kill killed kind kinda king kk knew know known knows lag laggy lagging lags lame land last late lately later
laugh lazy least leave leaves leaving left legendary legendaries less let letting level levels lie lies life
like liked likes limited line link list listed listen literally little live lives load local lock log logged
logs long longer look looked looking looks lose loses losing loss lost lot lots low lowball lowballer
lowballers lowballing lowballs lower lowest luck lucky m mad made main make makes making man manage many map
mark market match mate math matter max may maybe mb me mean means meant meet member members men mention
messed met mid middleman might mil min mind mins minute minutes miss missed missing mistake mod mode mods
moment money month months more morning most mostly move moved much must mutual mutuals my myself mythic
mythical mythicals mythics n nah name near nearly need needs neither never new news next nice night nine no
nobody noob none nope normal not note nothing notice now number nvm obtain obtained obv obviously of off
offer offered offering offers offline often oh ok okay old older omg on once one ones online only onto open
opened opinion option options or order original other others otherwise our ours out outside over overprice
overpriced owe own owner p page paid part party past pay paying pays peace people per perfect perhaps person
photo pic pick pics picture piece ping pinged pissed place plan play played player players playing plays
please plus point points poor possible possibly post posted posting posts potential ppl prefer preferably
preferred pretty prestige prestiged price priced prices pricing private prob probably problem profit promise
proof prove ps pull pure pushed put puts putting quality question questions quick quit quite quote raid
raiding raids random rare rarely rate rates ratio rather read ready real realistic really reason reasonable
reasonably recent recently refuse region regular related remember remove rent rep replied reply req rerolled
reset respond response rest restart return rich rid right rip rn roblox role roll rolled rolling room
roughly round rude rule rules run running runs sad safe said sale same save saved saw say saying says scam
scammed scammer scammers scamming scared search second seconds secure see seem seems seen selling send
sending sent serious seriously server servers service set seven several shall share she shes shit shop short
should shouldnt show showed shut sick side since single sir sit six skip sleep slight slightly slow small
smart smth so sold solo some somebody somehow someone something sometimes somewhere soon sorry sort soz spam
spare speak special specific spend spending spent stack staff stand standard start started starting starts
stay stays steal step stock stole stolen stop stopped story straight street strong stuck study stuff stupid
style such suck sucks suggest super support supposed sure surely swear swords tag tags take taken takes
taking talk talked talking team tell ten terrible test text th than thank that thats the their theirs them
themselves then there theres these they theyre thing things think thinking third this those thought thousand
thread three through til till time times tired title to today together told tomorrow tonight too took top
total totally touch tough toward town trade traded trader traders trades trading train treat tried trip true
trust trusted truth try trying tryna turn tutorial twice two type typing ugh uh um unban under understand
unfair unfortunately unless unlimited unlucky until unsold unstable up update updated updates upon us use
used useful useless user using usual usually v valid value values very via view vip visit voice vouch
vouches w wait waiting waitlist wake walk wanna want wanted wanting wants warn was wasnt waste wasted
wasting way ways we weak weapon weapons wear week weekend weeks weird welcome well went were werent what
whatever whats when whenever where wherever which while who whoever whole whos whose why whys wide wild will
win window wins wish with within without woke won wonder wont word words work worked working works world
worry worse worst worth would wouldnt wow write wrong wtf x y ya yall yay yea yeah year years yep yes
yesterday yet yh yo yoo yooo you youll young your youre yours yourself youve yup zero lemme gimme dunno
sorta lotta bunch accepting btw bc tbh tbf afaik jk wb wbu hbu hru wyd ofc omw irl aka fyi eta dw np smh
stfu idgaf ong istg ion deadass finna bout cus coz thru tho ur u r thy plox plis pleas everyones anyones
nobodys gud gudd dis dat da dey duh lel rofl haha hahaha hehe lmfaoo xdd ggwp sheesh bruhh broski homie
homies bud buddy pal mates lads serv svr pvp pve npc exp quests quest grindin rerolls prestiges accs alts
mains desperate urgently hurryyy willing discussing negotiate negotiating negotiation bid bids bidding
auction bin hb counter counters counteroffer msgme unlock unlocked obtainable tradeable untradeable sellable
giveaways winner winners congrats stacked collectors collector quicksell fasttrade clearing quitting
cleaning stash wishlist showcase listing afternoon evening afford affordable monday tuesday wednesday
thursday saturday sunday january february march april july august september october november december est
pst gmt utc eu na asia europe america brazil uma uns umas de dos das nos nas ao aos os que se ja mas mais
nem tambem muito muita pouco agora hoje amanha ontem depois antes aqui ali la isso isto este esta esse essa
aquele aquela voce voces vcs vc ele ela eles elas ta tou estou estao era foi ser ter tem tinha faz fazer fiz
vai vou vamos quer querem pode posso podem preciso gente galera mano cara pessoal alguem ninguem tudo nada
algo coisa coisas itens boa bom noite dia tarde oi ola valeu vlw tmj blz beleza obrigado sim nao talvez sei
sabe fala falar chama chamar interessado interessados interessar dm privado troca trocas trocar vender
comprar vendo justo barato caro rapido urgente conta servidor jogo quando onde como porque pq qual quais
quanto quantos sem com por para pra pro pelo pela entre sobre desde el los las un una unos unas del al lo le
les o e ni pero si te su sus mi mis tu tus es son soy eres somos estoy estan estas hay estar tener tiene
tienes tengo hacer hago hace voy va puede puedo pueden quiere quieres quieren alguien nadie todo toda todos
todas cosa cosas muy mucho mucha poco poca menos bien mal bueno buena buenas buenos noches dias tardes hola
amigo amigos ahora hoy manana ayer despues alla eso esto ese aquel cuando donde cual cuanto cuantos sin con
hasta gracias tambien interesados interesado hablen hablenme escriban escribanme cuenta juego и в во не на я
ты он она они мы вы что как это то все так его но да к у же за бы по только ее мне было вот от меня еще нет
о из ему теперь когда даже ну если уже или ни быть был него до вас опять вам ведь там потом себя ничего ей
может тут где есть надо ней для тебя их чем была сам чтоб без будто чего раз тоже себе под будет тогда кто
этот того потому этого какой совсем здесь этом один почти мой тем чтобы сейчас куда зачем всех можно при
наконец два об другой хоть после над больше тот через эти нас про них какая много разве три эту моя хорошо
свою этой перед иногда лучше чуть том нельзя такой им более всегда конечно всю между привет пишите писать
личку лс кому дешево срочно быстро народ ребята пацаны всем кого либо нибудь очень просто
honest honestly honesty ability absolutely accident accidentally active activity address adult advance
advantage advice agreed ahead aim air allow amount anger announcement annoyed annoying anonymous answered
answering apologize apology appears apply appreciated approach argue argument arrive arrived article asset
assume assuming automatic avoid awake aware awhile backup balance balanced bare barely basic basically basis
becomes begging beginner beginning behave behaviour believed below belong benefit beside betting beyond
bills blame blocked blocking boi bonus borrow brief budget build building builds built bullshit burn burned
bus business button cancel cancelled capable careless caught celebrate certain certainly challenge chances
characters charging chasing chatting cheat cheated cheater cheaters cheating cheapest checks cheers chilling
chinese chosen claim claimed claiming clearly click clicked client clue clueless college combat comfort
comfortable command comments committed communication companies company compare compared comparison
competition complain complaining completely concern condition connect connected connection consider
considered considering constant constantly contact contacted content contest continue contract convince cook
cooking copied counted counting country counts cover covered crashed crashing create created creating credit
crying curious currency cute dare dashboard data dated dear debate debt decently decision declare dedicated
default defend defense degree delay delayed deliver demanded depend depending deserve deserves destroyed
detail details determine develop developer developers devs dialogue differently difficult direct direction
directly disagree disappeared disappointed disconnect disconnected discount discussion disgusting display
distance document dope doubt download downside dozens drag draw drawing drive driving drunk duplicated dupe
duped dupes duping duty dying eager earn earned earning earnings eating economy edit edited education effect
effort email embarrassing emergency employee enable endless enemies english enjoyed enjoying enormous enter
entered equal equally equipment equipped errors escape essential estimate estimated ethnic eventually
everytime evidence exam examples excellent excited exciting excuse exist existed existing exists expected
expecting experience expert explained explaining explains exploit exploiter exploiters express extend
extremely facing facts factory faded failed fails failure fairly fairness faith faithful fans fault fave
favorites favourite fear features fed feed feedback felt female figured file files filled film filter finals
finance firm fishy fixing flat flew flipped floor focus followed followers following foot forced forgive
forgotten formal former forum founder freaking freaky frequently fridge fully function funds funniest gather
generally generation gentle gentlemen genuine genuinely german ghosting gifts gifted gladly glitches goals
goated gotcha government grade greatest greedy greet grounds groups growing grown guarantee guaranteed
guilty habit hack hacked hacker hackers hacking hacks halfway handle handled handy hang happening happens
happiness happily harder hardest hated hater haters hates health healthy heck hide highly hint hired history
hitting homework hoped hospital hosted hotel household huh humble hungry hurt hyped ideas identity ignored
ignoring illegal image images immediately impact improve improved inactive include included includes
including income increase increased incredible indeed independent individual inflated inflation influence
inform information initial innocent insane insanely insta instagram insult insurance intend intent
interesting internet introduce invest invested investment invited involved irrelevant jealous jeez jobs job
judging jumped keeping kiddo kidding kindly kindness knowledge lack lagged landed language languages large
larger largest laughing lawyer lead leaderboard leaders leading leads leak leaked leaks leaning learn
learned learning leftover length lesson lessons letter lied lifetime likely limit limits lit lists liter
loading loads loan located location lonely loner loop loose losers loser loud lovely loving loyal lunch
lying mainly mainstream maintain maintenance major majority maker male manner markets marketing married
matched matches material mature maxed maxing meaning meanwhile measure media medium meeting memory mental
mentally mentioned mercy mess messages messaging messy method methods mile million millions minded minimum
minus miserable misleading mix mixed modify moderator mom monthly mood motion motivation movement movie
movies multi multiple muted named names nasty national native natural naturally naughty nearby nearest neat
necessary needy negative nerf nerfed nerfs nervous network neutral newbie newer newest newly nicely nicer
nicest nickname nobodies nonsense noobs normally noted notes notification notifications notify noticed
nowhere numbers obey object obsessed obtaining occasion odds offended official officially oldest opening
openly operation opponent opportunity opposite ordered orders ordinary organized origin originally ought
outcome outdated overall overhyped overnight overrated overvalued owned owners owning ownership owns pages
painful pair pairs parent parents partner parts pass passed passing passion passive password patch patched
path patience patient patiently pattern pause payment payments peak perfectly performance permission
permanently personal personally perspective phase phrase picking picked pieces pinging pings placed places
planned planning plans plenty poll popped popular population position positive possession possibility
practice pray predict prepare prepared presence present president press pressed pressure prevent previous
previously pride primary print priority privacy probable process produce product professional profile
profitable profits program progress project promised promo promote proofs proper properly property protect
proud proved provide provided public publish pulled pulling punch punish purchased purpose pushing quickest
quiet quietly quitter quitted quits quoted races raged ragequit raise raised ran rang range ranked ranking
ranks rarity rated rating ratings reach reached react reacts reacted reaction reading realise realistically
reality realize realized reasons receipt receipts recommend recommended recording recover reduce reference
refund refunds refused refuses reget regret regrets regularly reject rejected relate relation relationship
relax release released relevant reliable reliably religion remain remained remains reminder remind remote
removed removing repeat repeating replace replaced replying report reported reporting reputation request
requests require required requires requirement research reserve reserved resist resource respect respectful
rested result results retire retired returning reveal review reviews revive rewards riding rise risk risky
rival rob robbed robber robbing rooms roster rotation rumors rush rushed rushing sacrificed sadly safely
safest safety salary saves saving savings scams scenario scene schedule school score scores scratch
screenshot screenshots script scripts seas season sector security seek seeks seemed select selected self
seller sellers sends sense senses sensitive sentence separate separately session setting settings settle
shake shape shelf shocked shoot shooting shops shorter shortly shots shout showing shows shutdown shy sight
sign signal signed significant silly similar simple simply sing site sites situation size skilled skills
skipped sky sleepy slept slightest slot slots slower smaller smallest smell smile sniped snitch social
society solution solve someday somewhat sorted source south spammed spammer spamming span spawn spawned
spawning spawns speaking spec specially species specifically spit split spoke spoken spots spread stable
stacks stair stance standards stands starter state statement states station stats status stayed steady steep
stick sticky stocks stonks stopping stops store stories straightforward strange stranger streamer streams
streaming stress strength strict stronger strongest structure struggle struggling studio subject submit
subscribe succeed success successful successfully sudden suddenly suffer suggested suggestion suggestions
superb supply supported surprise surprised surrender survey survive suspect suspicious sweat switched tables
tale talent talks tap task tasks taste taught teach teachers teams tech technically teenager teleport
temporary tend term terms territory tested tester testing tests texts thanking thankful theory thick thin
thirsty thoroughly thoughtful threat threaten throughout throwing thrown throws tie tier tiers tight tiktok
timing tips topic topics toss traditional tragic training transaction transfer transferred trashy trend
trending trial tries trigger trillion trolled trolling trouble truly trusting trustable trustworthy turned
turning turns tv twitch twitter types typical typo ugly unable unavailable unbanned underrated undervalued
understanding understood unexpected unfortunate unhappy united university unknown unlikely unnecessary
unreal unreasonable unrelated unsure untill untrusted upcoming upload upper upset upside usage username
users utility vacation vague verified verify version victim victims videos viewers visible visited visual
voted votes voting vs waited waits waking walking warned warning wash washed watch watched watching website
weeb weekly weight weirdo west wet whichever whoa wifi willingly winning wiped wished wishes wishing woman
women wonderful wondering worried worrying worthless wrap writing written xbox ye yell yelling youtube
youtuber anyday anyways appreciates bestie bih boomer boutta bozo braindead brudda bruhhh buddies chad chads
chillin coolio copium cracked cuh damm deez dummy ez fella fellas finesse flexin frfr fye gamer gamers gang
gangster gawd geez getcha ggez goofball gtg haggle haggling hecka hehehe hella hiii hiiii hmm hmmm idiotic
insaneee iswear kek kiddin legitness lmaoo lmaooo loll lololol lul mannn maybee mf mfs mhm mhmm mkay moggin
naa naaa naw nahh nahhh nawh negativity newgen nooo noooo okey oml oof oops ouch overhype pfft pogchamp
poggers pog poggies prolly ragebait rizz sadge shoutout sigma skibidi skid slay sob sry sum suuuure sybau
unc uwu vibe vibes wassup watchu whatchu whatev wha whut wsg wsp wasup wya wydm yappin yapping yap yeahh
yeet yessir yessirr yessss yikes yippee yk ykwim yuh yurr zamn zzz
hablo hablas habla espanol espanola ingles inglesa portugues portuguesa frances aleman ruso ruski russian
spanish portuguese french turkish arabic polish italian dutch filipino pinoy vietnamese indonesian brazilian
brasil brasileiro brasileira brasileiros mexico mexicano argentina chile peru colombia espana portugal
russia turkey philippines falo falamos falam entiendo entendo entende traduce traductor traducao translate
translator sou sao tamo bora vamo dale tlgd flw obrigada obrigados brigado pfv pfvr porfa porfavor porfis
manos parca parceiro irmao rapaziada povo hermano hermanos parce wey guey bros tio tios chicos chicas
muchachos compa compas pana panas causa ahi alli sempre nunca quizas entonces entao porq pois aunque embora
enquanto mientras nop nel tava tavam estava estaba vem veio fui fue eram sera seria podria poderia consigo
conseguir consegue gusta gustaria gostaria gosto acho creo pienso penso sabes digo diga disse dijo
manda mandem manden mande mandame chamem fale falem hable responde responda respondo respondan rapida barata
mejor melhor peor pior grande pequeno nuevo novo servidores privada conectado jogando jugando juegos jogos
спс пжлст братан брат бро друг друзья парни пацан чел челы кстати короче типа ладно норм нормально щас
сегодня завтра вчера скоро могу можешь хочешь знаю знаешь думаю говорю пиши жду отвечу отвечаю сервер игра
играю русские availability obo timezone cet midnight dinner regions usa responds responded msgs dmed pmed
notif notifs vouched vouching legitimately middlemen mms tradehub hub hubs lobby lobbies anytime afterwards
beforehand nowadays hahahaha jajaja jajajaja kkkk kkkkk rsrs xddd loool lolll omgg brooo broo plsss plzz
pleaseee tyy thxx tks thnx graciass xoxo
"""
"""Words of chat: functions, verbs, greetings, slang; item-like nouns (sword, hat, cape) are left out."""

NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "dozen": 12,
    "um": 1,
    "uma": 1,
    "dois": 2,
    "duas": 2,
    "quatro": 4,
    "cinco": 5,
    "un": 1,
    "una": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "seis": 6,
    "один": 1,
    "одну": 1,
    "два": 2,
    "две": 2,
    "три": 3,
    "четыре": 4,
    "пять": 5,
}
"""Numbers in words; quantities only right before an item."""

FUNCTION_ALIASES = """
we or de es al ea mt fr fs sr tf bs ir la le me do da na ai mero
"""
"""Aliases that are words of grammar or slang in a language read."""

NOUN_ALIASES = """
sos du sn max case base ace soul paw spin leo light love dark gold ice sand snow fire flame string shadow
ghost bomb barrier rubber diamond tremor quake rumble lightning gravity magma glint poison dough phoenix troll
flowers pole pipe scissors violin trident coffin striker gauntlet gauntlets smoke biscuit bouquet coyote
"""
"""Aliases that are names of things or qualities in English, so that a sentence may hold them.

What is an alias and talk in one game only stands in that game's list (``words.doubtful``).
"""

PART_WORDS_TOO_PLAIN = """
anniversary armor blade bunny capsule chakram colour core costume crimson cutlass dagger daggers emerald
empress essence exalted festival fishing giftbox golden halberd hammer headband heaven helmet hollow inferno
inverted journal kraken lancer lantern launcher legendary mythical necklace nightfall outfit pitchfork
prestige queens rapier rising rocket rocky scepter scythe seeing shades shamrock shield shifters shoulder
sickle skeletal skewer sledgehammer snowcap sorrow special spirit supreme swordfish tailor thriller thunder
titan tooth valkyrie virtuous wings resurrected anchor swarm shroud blossom holly chromatic firework
sacrifice guitar flamingo reroll cleaver shifter megalodon gunblade striker demon bouquet violin coyote whip
drums shadow crystal frozen ancient cursed cosmic galaxy galactic rainbow magical mystic mystical lunar
winter summer spring autumn halloween christmas easter valentine valentines silver bronze copper platinum
phantom eternal sacred divine celestial radiant corrupted haunted spooky spectral ghostly burning blazing
flaming frosty glowing shining shiny dazzling electric mighty little normal common regular uncommon limited
exclusive premium deluxe master enchanted forbidden forgotten hidden secret broken rusted rusty wooden
leather purple orange yellow violet turquoise scarlet painted striped spotted fluffy bloody deadly savage
vampire pirate pumpkin gingerbread candy holiday birthday lucky unlucky double triple infinite invisible
flying floating rolling baby
"""
"""Words of names too common in English to stand for the whole name."""
