package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"laurel/engine/member"
)

// people are given and family names as one hears them in a language; order is
// how they are put together.
type people struct {
	language    string
	zone        string
	given       []string
	family      []string
	familyFirst bool
	joined      bool // written without a space
}

func cast() []people {
	return []people{
		{"en", "Europe/London", words("Olivia Amelia Isla Ava Freya Noah Oliver George Leo Arthur Priya Aisha Callum Rhys Niamh"), words("Smith Jones Taylor Brown Patel Evans Walker Wright Hughes Khan Murphy Campbell Okafor"), false, false},
		{"es", "Europe/Madrid", words("Sofía Lucía Martina Valeria Hugo Mateo Martín Lucas Alejandro Inés Íñigo Nuria"), words("García Fernández López Reyes Núñez Muñoz Ibáñez Castro Ortega Vázquez Peña"), false, false},
		{"de", "Europe/Berlin", words("Emma Mia Hannah Emilia Ben Paul Jonas Finn Jürgen Käthe Björn Änne"), words("Müller Schmidt Schneider Fischer Weber Groß Schäfer Köhler Jäger Böhm"), false, false},
		{"fr", "Europe/Paris", words("Aïcha Chloé Léa Manon Zoé Gabriel Raphaël Théo Noël Anaïs Maëlys"), words("Martin Bernard N’Diaye Lefèvre Dubois Moreau Fournier Gérard Benoît Traoré"), false, false},
		{"ar", "Asia/Dubai", words("ليلى فاطمة نور مريم سارة عمر يوسف أحمد خالد علي حسن"), words("الهاشمي منصور حداد النجار الخطيب سليمان المصري العلي"), false, false},
		{"ja", "Asia/Tokyo", words("良 陽菜 結衣 蓮 湊 さくら 大翔 美咲 悠真 葵"), words("田中 佐藤 鈴木 高橋 伊藤 渡辺 山本 中村 小林"), true, false},
		{"en", "Asia/Shanghai", words("伟 芳 娜 敏 静 强 磊 洋 艳 杰"), words("王 李 张 刘 陈 杨 黄 赵"), true, true},
		{"en", "Asia/Seoul", words("서연 민준 지우 하준 서윤 도윤 지민"), words("김 이 박 최 정 강"), true, true},
		{"en", "Europe/Lisbon", words("Beatriz João Inês Tomás Leonor Gonçalo Mafalda Simão"), words("Silva Santos Conceição Gonçalves Araújo Magalhães"), false, false},
		{"en", "Europe/Warsaw", words("Tomasz Zofia Wojciech Małgorzata Łukasz Agnieszka Paweł"), words("Jankowski Wiśniewska Kowalczyk Zieliński Dąbrowska"), false, false},
		{"en", "Europe/Copenhagen", words("Lars Søren Mette Åse Bjørn Freja Nikolaj"), words("Møller Sørensen Østergaard Bruun Kjær Holm"), false, false},
		{"en", "Asia/Kolkata", words("Ananya Vihaan आरव दीया Meera Arjun Kavya Rohan"), words("Bose Sharma Iyer Reddy Banerjee Chatterjee"), false, false},
		{"en", "Africa/Lagos", words("Mei Ifeoma Chinedu Oluwaseun Adaeze Babatunde Zainab"), words("Okafor Adeyemi Balogun Eze Nwosu Abubakar"), false, false},
		{"en", "America/Sao_Paulo", words("Thaís Caio Júlia Davi Heloísa Luan"), words("Souza Lima Barbosa Azevedo Guimarães"), false, false},
		{"en", "Europe/Athens", words("Ελένη Γιώργος Μαρία Δημήτρης Νίκος"), words("Παπαδόπουλος Γεωργίου Οικονόμου Νικολάου"), false, false},
		{"en", "Europe/Kyiv", words("Олена Андрій Наталія Богдан Ірина"), words("Шевченко Коваленко Бондаренко Ткаченко"), false, false},
	}
}

func words(s string) []string { return strings.Fields(s) }

// name puts a name together the way its bearers do.
func (p people) name(r *rand.Rand) (given, family, display string) {
	given, family = p.given[r.IntN(len(p.given))], p.family[r.IntN(len(p.family))]
	space := " "
	if p.joined {
		space = ""
	}
	if p.familyFirst {
		return given, family, family + space + given
	}
	return given, family, given + space + family
}

// crowd makes n members with names from many languages, always the same ones.
func crowd(r *rand.Rand, n int) []member.Seed {
	all := cast()
	seeds := make([]member.Seed, n)
	for i := range seeds {
		p := all[r.IntN(len(all))]
		given, family, display := p.name(r)
		username := fmt.Sprintf("%s%04d", handles[r.IntN(len(handles))], i+1)
		seeds[i] = member.Seed{
			Username: username, Email: username + "@example.com", DisplayName: display, FirstName: given, LastName: family,
			Language: p.language, Timezone: p.zone, IsDummy: i%97 == 96,
		}
	}
	return seeds
}

var handles = words("falcon harbor comet maple ember tundra willow onyx delta quartz sierra atlas lotus nova raven pixel cedar orbit lumen")
